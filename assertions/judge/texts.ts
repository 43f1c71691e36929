import { fromVars } from '../shared/from-vars.ts'
import { replyText } from '../shared/reply-text.ts'
import type { JudgeSettings } from './config.ts'

/** What a judge is shown of a case. */
export interface Judged {
  readonly answer: string
  readonly question?: string | undefined
  readonly reference?: string | undefined
  /** The reply to compare with. */
  readonly other?: string | undefined
}

/** @throws Error that names a variable the case does not have, or that is empty where an answer to compare with should stand */
export function judgedTexts(
  output: unknown,
  { question, reference, against }: JudgeSettings,
  vars: Readonly<Record<string, unknown>> | undefined,
): Judged {
  const of = (written: string | undefined): string | undefined =>
    written === undefined ? undefined : replyText(fromVars(written, vars))
  return { answer: replyText(output), question: of(question), reference: of(reference), other: of(against) }
}
