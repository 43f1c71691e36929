import { messageOf } from '../model/errors.ts'
import type { SourceLocation } from '../model/source.ts'
import { fail } from '../suite/config/fail.ts'
import type { ReadRows } from './labels.ts'

type Row = ReadRows['rows'][number]

/**
 * Objects with `output` and `label`, one a line; or rows of `assay review --export`, of which those count that a reviewer has judged and
 * that had one check only: a mark is of a whole reply.
 * @param metric of the judge; reviewed rows of another check are left out
 * @throws HarnessError `suite` at the line that is no such object
 */
export function jsonlRows(text: string, file: string, metric?: string): ReadRows {
  const rows: Row[] = []
  const leftOut = new Map<string, number>()
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const at = { file, line: index + 1 }
    const value = parseLine(line, at)
    const row = isReviewed(value) ? reviewedRow(value, at, metric) : labelledRow(value, at)
    if (typeof row === 'string') leftOut.set(row, (leftOut.get(row) ?? 0) + 1)
    else rows.push(row)
  }
  const notes = [...leftOut].map(
    ([why, count]) => `${count} ${count === 1 ? 'row' : 'rows'} left out: ${why}`,
  )
  return { rows, notes }
}

function parseLine(line: string, at: SourceLocation): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch (error) {
    throw fail('suite', `the line is no JSON: ${messageOf(error)}`, at, undefined, error)
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Readonly<Record<string, unknown>>
  throw fail('suite', 'a line must be an object with `output` and `label`', at)
}

function labelledRow(value: Readonly<Record<string, unknown>>, at: SourceLocation): Row {
  const { id, output, label, vars, ...others } = value
  for (const [name, one] of Object.entries({ output, label }))
    if (one === undefined || one === null) throw fail('suite', `the row has no \`${name}\``, at)
  const own =
    typeof vars === 'object' && vars !== null && !Array.isArray(vars)
      ? vars
      : { ...(vars !== undefined && { vars }) }
  const isNamed = typeof id === 'string' || typeof id === 'number'
  return {
    output,
    label: String(label).trim(),
    vars: { ...others, ...own },
    at,
    ...(isNamed && { id: String(id) }),
  }
}

function isReviewed(value: Readonly<Record<string, unknown>>): boolean {
  return ['human', 'mark', 'checks', 'replyHash'].every((key) => key in value)
}

/** The row, or why it is left out. */
function reviewedRow(
  value: Readonly<Record<string, unknown>>,
  at: SourceLocation,
  metric?: string,
): Row | string {
  const { human, checks, check, caseId, repeat, output, vars, column } = value
  if (human !== 'passed' && human !== 'failed') return 'the reviewer gave no verdict'
  if (checks !== 1) return 'the reply had several checks, and the verdict is on all of them together'
  const judged = (check as { readonly metric?: unknown } | null)?.metric
  if (metric !== undefined && judged !== metric) return `their check is not \`${metric}\``
  const { prompt, provider } = (column ?? {}) as { readonly prompt?: unknown; readonly provider?: unknown }
  return {
    id: [caseId, prompt, provider, repeat].map(String).join(' '),
    output,
    label: human,
    vars: (vars ?? {}) as Readonly<Record<string, unknown>>,
    at,
  }
}
