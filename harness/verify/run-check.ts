import { messageOf } from '../model/errors.ts'
import { withDeadline } from './deadline.ts'
import type { Grading } from './score/grade.ts'
import type { PreparedCheck } from './prepare/prepare-check.ts'
import type { Promptfoo } from './promptfoo.ts'
import type { Runner, Subject } from './checks/subject.ts'

/** What running a check takes besides the reply. */
export interface RunContext {
  readonly promptfoo: Promptfoo
  /** Milliseconds a check may take. */
  readonly timeoutMs: number
  readonly enter: (name: string) => () => void
}

/** Runs a check. It may throw, or never end: then it broke, and the reply is kept to be checked again. */
export async function runCheck(
  check: PreparedCheck,
  run: Runner,
  subject: Subject,
  context: RunContext,
): Promise<Grading> {
  const { promptfoo, timeoutMs, enter } = context
  try {
    const leave = enter(check.name)
    let work: ReturnType<Runner>
    try {
      work = run(subject, promptfoo)
    } finally {
      leave()
    }
    const late = (): Error => new Error(`did not finish within ${timeoutMs} ms`)
    const grade = await (check.graders !== undefined ? work : withDeadline(work, timeoutMs, late))
    const odd = [grade.score, ...Object.values(grade.namedScores ?? {})].find(
      (score) => !Number.isFinite(score),
    )
    return odd === undefined ? { grade } : { broken: `${check.name} gave a score that is no number: ${odd}` }
  } catch (error) {
    return { broken: `${check.name} broke: ${messageOf(error)}` }
  }
}
