import type { Assertion } from '../../model/assertion.ts'
import type { AskGrader } from '../graders/grader-calls.ts'
import { watchGrader } from '../graders/grader-calls.ts'
import type { GraderRef } from '../graders/graders.ts'
import type { Tools } from '../tools.ts'
import { assertionRun } from './built-in.ts'
import type { Runner } from './subject.ts'

/** What a check that asks a model needs besides. */
export interface GraderUse {
  readonly ref: GraderRef
  /** Text, already read. */
  readonly rubricPrompt: unknown
  readonly name: string
  readonly ask: AskGrader
}

/** How promptfoo says that it could not make out a grader's answer, where it does not mark the grade. */
const UNREADABLE =
  /^(?:Factuality checker output did not match|Invalid category value:|Model grader produced a malformed|Could not parse context-faithfulness)/

/** A check that asks a model. promptfoo writes to the assertion it is given, so each reply gets its own. */
export function gradedCheck(assertion: Assertion, use: GraderUse, tools: Tools): Runner {
  const { ref, rubricPrompt, name, ask } = use
  return async (subject, promptfoo) => {
    const watched = watchGrader(await tools.graders.load(ref), {
      origin: subject.origin,
      check: name,
      ask,
    })
    const run = {
      ...assertion,
      provider: watched.grader,
      ...(rubricPrompt !== undefined && { rubricPrompt }),
    }
    const result = await promptfoo.assertions.runAssertion(assertionRun(run, subject, false))
    const failure = watched.failure()
    if (failure !== undefined) throw new Error(`the grader failed: ${failure}`)
    if (result.metadata?.['graderError'] === true || UNREADABLE.test(result.reason))
      throw new Error(`the grader failed: ${result.reason}`)
    return result
  }
}
