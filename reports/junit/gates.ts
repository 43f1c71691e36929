import type { ReportInput } from '../../harness/model/report.ts'
import type { Gate } from '../../harness/model/verdict.ts'
import { xmlAttribute, xmlText } from '../format/escape-xml.ts'
import { brokenLines, gateMessage } from '../format/gate-message.ts'
import { headlineOf, sentences } from '../format/headline.ts'
import { cut, oneLine } from '../format/plain.ts'

/** UTF-16 units of a message. */
const MESSAGE_LIMIT = 2_000

/** The gates and the run's verdict, so that CI shows a broken gate, or an incomplete run, as such. */
export function gateSuite(suite: string, input: ReportInput): string {
  const results = [...input.verdict.gates.map((gate) => gateResult(gate, input)), verdictResult(input)]
  const [failures, errors, skipped] = (['failure', 'error', 'skipped'] as const).map(
    (kind) => results.filter(({ element }) => element === kind).length,
  )
  const name = xmlAttribute(`${suite} gates`)
  const classname = xmlAttribute(`${suite}.gates`)
  const cases = results.map((result) => gateCase(classname, result)).join('')
  return (
    `<testsuite name="${name}" tests="${results.length}" failures="${failures}" errors="${errors}" skipped="${skipped}">\n` +
    `${cases}</testsuite>\n`
  )
}

interface GateResult {
  readonly name: string
  readonly element: 'failure' | 'error' | 'skipped' | null
  readonly message: string
  /** What a test case that passed still has to say. */
  readonly said?: string
}

function gateResult(gate: Gate, input: ReportInput): GateResult {
  const message = gateMessage(gate, input).join('\n')
  const open = gate.comparison === 'inconclusive' || gate.result === 'warn'
  return {
    name: `${gate.column}: ${gate.name}`,
    element: ELEMENTS[gate.result],
    message,
    ...(open && { said: gate.comparison === 'inconclusive' ? `Inconclusive: ${message}` : message }),
  }
}

/** A gate that was not measured is an error only where that makes the run invalid: its verdict says so. */
const ELEMENTS: Record<Gate['result'], GateResult['element']> = {
  pass: null,
  warn: null,
  fail: 'failure',
  not_measured: 'skipped',
}

function verdictResult(input: ReportInput): GateResult {
  const { decision, exitCode, reasons } = input.verdict
  const headline = headlineOf(input)
  const said = [...(headline === undefined ? [] : [sentences(headline)]), ...reasons]
  const message = said.join(' ')
  const broken = brokenLines(input.analysis.comparison)
  const more = { said: [...said, ...broken].join('\n') }
  // A suite that forgives an outage keeps its build green.
  if (decision === 'invalid')
    return { name: 'verdict', element: exitCode === 0 ? 'skipped' : 'error', message, ...more }
  const fails = decision === 'block' || exitCode === 4
  return { name: 'verdict', element: fails ? 'failure' : null, message, ...more }
}

function gateCase(classname: string, { name, element, message, said }: GateResult): string {
  const head = `<testcase classname="${classname}" name="${xmlAttribute(name)}"`
  if (element !== null) {
    const summary = xmlAttribute(cut(oneLine(message), MESSAGE_LIMIT))
    return `${head}><${element} message="${summary}">${xmlText(said ?? message)}</${element}></testcase>\n`
  }
  if (said === undefined || said === '') return `${head}/>\n`
  return `${head}><system-out>${xmlText(said)}</system-out></testcase>\n`
}
