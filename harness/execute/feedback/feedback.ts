import type { Assertion } from '../../model/assertion.ts'
import type { Case } from '../../model/case.ts'
import { messageOf } from '../../model/errors.ts'
import type { Suite } from '../../model/suite.ts'
import type { Attempt, FeedbackRecord } from '../../model/trial.ts'
import type { Verification } from '../../model/verification.ts'
import { templatesOf } from '../../suite/templates.ts'
import { nextPrompt } from './next-prompt.ts'
import { reasonsOf } from './reasons.ts'
import { replyKey } from './same-reply.ts'

/** A round that has been gone through: its prompt, the reply to it, and what the model was told of that. */
interface PastRound {
  readonly prompt: string
  readonly attempt: Pick<Attempt, 'reply'>
  readonly feedback?: readonly string[] | undefined
}

/** What a round came to. */
interface Heard {
  readonly testCase: Case
  readonly prompt: string
  readonly attempt: Pick<Attempt, 'reply'>
  /** Without a verification there was no reply, or it could not be checked. */
  readonly checked: { readonly verification?: Verification | undefined }
  /** The rounds before it, oldest first. */
  readonly rounds: readonly PastRound[]
}

/** Another round with this prompt, or why there is none. */
export type Next =
  | { readonly again: string; readonly reasons: readonly string[] }
  | {
      readonly ended: FeedbackRecord['ended']
      /** Why a round that should have been made could not: for the trial's warnings. */
      readonly warning?: string
    }

/** Feedback as a suite asks for it: a reply that fails its checks goes back to the model with the reasons. */
export interface Feedback {
  decide(heard: Heard): Next
}

/** Undefined for a suite that gives none. */
export function createFeedback(suite: Suite): Feedback | undefined {
  const { feedback } = suite.assay
  if (feedback === undefined) return undefined
  const { maxAttempts, template, reveal = false } = feedback
  const templates = templatesOf(suite)
  const telling = { shared: withMembers(suite.defaultTest?.assert ?? []), reveal }

  function again({ testCase, prompt, attempt, rounds }: Heard, verification: Verification): Next {
    const reasons = reasonsOf(verification, testCase, telling)
    const said = { reply: textOf(attempt), reasons }
    const before = rounds.map((round) => ({ reply: textOf(round.attempt), reasons: round.feedback ?? [] }))
    const first = rounds[0]?.prompt ?? prompt
    try {
      return { again: nextPrompt({ prompt: first, rounds: [...before, said], template, templates }), reasons }
    } catch (error) {
      return { ended: 'errored', warning: `the feedback could not be worded: ${messageOf(error)}` }
    }
  }

  return {
    decide(heard) {
      const { attempt, checked, rounds } = heard
      const { verification } = checked
      // A check that broke is missing data: telling the model of it would blame the reply.
      if (verification === undefined || verification.outcome === 'errored') return { ended: 'errored' }
      if (verification.outcome === 'passed') return { ended: 'passed' }
      const key = replyKey(attempt.reply?.output)
      if (rounds.some((round) => replyKey(round.attempt.reply?.output) === key))
        return { ended: 'same_reply' }
      if (rounds.length + 1 >= maxAttempts) return { ended: 'max_attempts' }
      return again(heard, verification)
    },
  }
}

function withMembers(assertions: readonly Assertion[]): ReadonlySet<Assertion> {
  return new Set(assertions.flatMap((assertion) => [assertion, ...(assertion.assert ?? [])]))
}

/** Of the reply as the model gave it, before any transform. */
function textOf({ reply }: Pick<Attempt, 'reply'>): string {
  const output = reply?.output
  return typeof output === 'string' ? output : (JSON.stringify(output, null, 2) ?? '')
}
