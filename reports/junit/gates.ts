import type { Gate, Verdict } from '../../harness/model/verdict.ts'
import { gateFigure } from '../format/decision.ts'
import { xmlAttribute, xmlText } from '../format/escape-xml.ts'

/** The gates and the run's verdict, so that CI shows a broken gate, or an incomplete run, as such. */
export function gateSuite(suite: string, verdict: Verdict): string {
  const results = [...verdict.gates.map(gateResult), verdictResult(verdict)]
  const failures = results.filter(({ element }) => element === 'failure').length
  const errors = results.filter(({ element }) => element === 'error').length
  const name = xmlAttribute(`${suite} gates`)
  const cases = results.map((result) => gateCase(name, result)).join('')
  return (
    `<testsuite name="${name}" tests="${results.length}" failures="${failures}" errors="${errors}">\n` +
    `${cases}</testsuite>\n`
  )
}

interface GateResult {
  readonly name: string
  readonly element: 'failure' | 'error' | null
  readonly message: string
}

function gateResult(gate: Gate): GateResult {
  const message = `observed ${gateFigure(gate, gate.observed)}, limit ${gateFigure(gate, gate.threshold)}`
  return { name: `${gate.column}: ${gate.name}`, element: elementOf(gate.result), message }
}

/** A gate that was not measured is an error only where that makes the run invalid: its verdict says so. */
function elementOf(result: Gate['result']): GateResult['element'] {
  return result === 'fail' ? 'failure' : null
}

function verdictResult({ decision, reasons }: Verdict): GateResult {
  const message = reasons.join(' ')
  if (decision === 'invalid') return { name: 'verdict', element: 'error', message }
  return { name: 'verdict', element: decision === 'block' ? 'failure' : null, message }
}

function gateCase(classname: string, { name, element, message }: GateResult): string {
  const head = `<testcase classname="${classname}" name="${xmlAttribute(name)}"`
  if (element === null) return `${head}/>\n`
  return `${head}><${element} message="${xmlAttribute(message)}">${xmlText(message)}</${element}></testcase>\n`
}
