import type { CheckResult } from '../../../../harness/model/trial.ts'
import type { RowText } from '../model/arm.ts'

/** The texts of a row that a search looks at: prompt, output, reasons, variables, description. */
export function* searchedTexts(text: RowText): Iterable<string> {
  const { cell, request, output, reason, error, checks } = text
  yield* textsOf(request?.prompt)
  yield* textsOf(output)
  yield* textsOf(reason)
  yield* textsOf(error)
  yield* reasonsOf(checks ?? [])
  yield* textsOf(cell.description)
  yield* textsOf(cell.vars)
}

function* reasonsOf(checks: readonly CheckResult[]): Iterable<string> {
  for (const { reason, error, members } of checks) {
    yield* textsOf(reason)
    yield* textsOf(error)
    if (members !== undefined) yield* reasonsOf(members)
  }
}

/** Of a value with parts: the whole as JSON, and every name and text in it as it reads. */
function* textsOf(value: unknown): Iterable<string> {
  if (typeof value === 'string') yield value
  else if (value !== undefined && value !== null) {
    yield JSON.stringify(value)
    yield* partsOf(value)
  }
}

function* partsOf(value: unknown): Iterable<string> {
  if (typeof value === 'string') yield value
  if (typeof value !== 'object' || value === null) return
  for (const [name, part] of Object.entries(value)) {
    if (!Array.isArray(value)) yield name
    yield* partsOf(part)
  }
}
