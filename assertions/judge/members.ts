import type { CheckContext } from '../../harness/model/custom-check.ts'
import { messageOf } from '../../harness/model/errors.ts'
import { askModel } from './ask.ts'
import type { MemberVerdict } from './verdict.ts'

/** Asks one member. One that cannot be asked, like one that answers nonsense, gives no verdict. */
export async function askMember<T>(
  member: unknown,
  prompt: string,
  context: CheckContext,
  read: (reply: string) => MemberVerdict<T>,
): Promise<MemberVerdict<T>> {
  try {
    return read(await askModel(member, prompt, context))
  } catch (error) {
    return { verdict: null, why: messageOf(error) }
  }
}

/** The error of a panel too few of whose members gave a verdict: nothing was judged, and nothing is scored. */
export function noVerdict(verdicts: readonly MemberVerdict<unknown>[]): Error {
  const missing = verdicts.filter((one): one is { verdict: null; why: string } => one.verdict === null)
  const who =
    verdicts.length === 1 ? 'the judge' : `${missing.length} of ${verdicts.length} members of the panel`
  return new Error(`${who} gave no verdict: ${missing[0]?.why ?? ''}`)
}
