import { FLAKY } from '../../../format/terms.ts'

/** What words of the detail mean, each in a plain sentence or two. */
export const TERMS = {
  outcome:
    'Passed and failed are verdicts on the reply. Errored means that the call or a check broke: that is missing data, and counts as neither.',
  score:
    'The mean of what the checks gave, weighted, from 0 to 1. A cell without a score is unscored, which is not the same as 0.',
  metric: 'A score with a name: the mean of the checks that are filed under it.',
  flaky: FLAKY,
  change:
    'The share of repeats that passed, against what the run is compared with. One case can change by chance; the verdict goes by all of them.',
  repeat: 'The same question asked again, to see how much of a result is chance.',
  quarantined: 'The case is run and shown, but no gate counts it.',
  latency:
    'From the moment the request leaves to the last byte. Waiting for a free slot (queued) and between retries (backoff) come before and are not in it.',
  ttft: 'Time to first token: how long until the reply begins to stream.',
  replayed: 'The reply comes from a record, and its latency is the recorded one. No fresh figure counts it.',
  untrusted:
    'The provider may queue and retry within its call, so that its latency may hold waiting of its own.',
  cost: 'Tokens by the price table of the run. Unknown means that no price is known, not that it was free.',
  estimated: '~ marks a count that a tokenizer estimated, since the provider told none.',
  feedback: 'A reply that failed its checks was sent back with the reasons, and the model tried again.',
  weight: 'How much the check counts in the score: 1 unless the suite says otherwise.',
} as const

export type TermName = keyof typeof TERMS
