import type { ReportInput } from '../../harness/model/report.ts'
import type { Gate } from '../../harness/model/verdict.ts'
import { gateFigure } from '../format/decision.ts'
import { xmlAttribute, xmlText } from '../format/escape-xml.ts'
import { headlineOf, sentences } from '../format/headline.ts'

/** The gates and the run's verdict, so that CI shows a broken gate, or an incomplete run, as such. */
export function gateSuite(suite: string, input: ReportInput): string {
  const results = [...input.verdict.gates.map(gateResult), verdictResult(input)]
  const [failures, errors, skipped] = (['failure', 'error', 'skipped'] as const).map(
    (kind) => results.filter(({ element }) => element === kind).length,
  )
  const name = xmlAttribute(`${suite} gates`)
  const cases = results.map((result) => gateCase(name, result)).join('')
  return (
    `<testsuite name="${name}" tests="${results.length}" failures="${failures}" errors="${errors}" skipped="${skipped}">\n` +
    `${cases}</testsuite>\n`
  )
}

interface GateResult {
  readonly name: string
  readonly element: 'failure' | 'error' | 'skipped' | null
  readonly message: string
}

function gateResult(gate: Gate): GateResult {
  const message = `observed ${gateFigure(gate, gate.observed)}, limit ${gateFigure(gate, gate.threshold)}`
  return { name: `${gate.column}: ${gate.name}`, element: ELEMENTS[gate.result], message }
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
  const message = [...(headline === undefined ? [] : [sentences(headline)]), ...reasons].join(' ')
  // A suite that forgives an outage keeps its build green.
  if (decision === 'invalid')
    return { name: 'verdict', element: exitCode === 0 ? 'skipped' : 'error', message }
  return { name: 'verdict', element: decision === 'block' ? 'failure' : null, message }
}

function gateCase(classname: string, { name, element, message }: GateResult): string {
  const head = `<testcase classname="${classname}" name="${xmlAttribute(name)}"`
  if (element === null) return `${head}/>\n`
  return `${head}><${element} message="${xmlAttribute(message)}">${xmlText(message)}</${element}></testcase>\n`
}
