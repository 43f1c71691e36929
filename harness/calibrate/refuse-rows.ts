import { HarnessError } from '../model/errors.ts'
import { canonicalJson } from '../suite/cases/identity.ts'
import { codeFrame } from '../suite/config/fail.ts'
import type { LabelledAnswer } from './labels.ts'

/** How many mistakes are told at once. */
const MOST_TOLD = 10

/** @throws HarnessError `suite` for rows without an answer or a label, and for those that stand there twice */
export function refuseBadRows(rows: readonly LabelledAnswer[]): void {
  const ids = new Map<string, LabelledAnswer>()
  const contents = new Map<string, LabelledAnswer>()
  const mistakes: HarnessError[] = []
  for (const row of rows) {
    const content = canonicalJson([row.output, row.vars])
    const message = mistakeIn(row, ids.get(row.id), contents.get(content))
    if (message !== undefined)
      mistakes.push(new HarnessError('suite', message, { at: row.at, frame: codeFrame(row.at) }))
    if (!ids.has(row.id)) ids.set(row.id, row)
    if (!contents.has(content)) contents.set(content, row)
  }
  const [first, ...others] = mistakes.slice(0, MOST_TOLD)
  if (first === undefined) return
  const { message, at, frame } = first
  const hint = mistakes.length > MOST_TOLD ? `${mistakes.length - MOST_TOLD} more rows are wrong.` : undefined
  throw new HarnessError('suite', message, { at, frame, hint, others })
}

function mistakeIn(
  { id, output, label }: LabelledAnswer,
  namesake: LabelledAnswer | undefined,
  twin: LabelledAnswer | undefined,
): string | undefined {
  if (output === null || output === undefined || (typeof output === 'string' && output.trim() === ''))
    return 'the row has no answer: nothing can be said of an empty one'
  if (label === '') return 'the row has no label'
  if (twin !== undefined)
    return twin.label === label
      ? `the row is that of line ${twin.at.line} again`
      : `the answer has the label ${label} here and ${twin.label} in line ${twin.at.line}: settle on one`
  if (namesake !== undefined) return `the id \`${id}\` is that of line ${namesake.at.line} as well`
  return undefined
}
