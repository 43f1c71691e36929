/** Words that the record's own fields take (see `schemas/`): a pattern that fits one of them must not make a record unreadable. */
const OWN_WORDS: ReadonlySet<string> = new Set(
  `aborted acceptable active added against agree agreed answer any attack auth baseline block bonett-price
  broken budget caching call cases checks claims confirm confirmed count credit current decided depth
  difference e-process errored expired expires_soon fail failed fields first floor gate grader graders higher
  improved inconclusive invalid judge_wrong judgement label label_wrong leaning_worse lower max_attempts
  missing model no_baseline no_output no_signal no_worse nominal none not_measured not_run ordinal outage pass
  passed points prices prompt provider provider_file quadratic ratio record refused refuted regression removed
  renamed repeats replay reverified run same same_reply score second settle-1 settle-2 share stale tango
  template throttled timeout trajectory trial unavailable unchecked unknown unknown_case unrecorded usd warn
  weak`.split(/\s+/),
)

const DIGEST = /^[0-9a-f]+$/
const DIGEST_LENGTHS: ReadonlySet<number> = new Set([32, 40, 64])
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/
const RUN_ID = /^\d{8}-\d{6}-\d{3}-[0-9a-z]{4}$/

/**
 * True for a whole text by which records are read and joined: a word of ours, a hash, the id of a run, a time. A broad pattern such
 * as `\d{4,}` must not touch it.
 */
export function isOwn(text: string): boolean {
  if (text.length > 64) return false
  if (DIGEST_LENGTHS.has(text.length)) return DIGEST.test(text)
  return OWN_WORDS.has(text) || RUN_ID.test(text) || TIME.test(text)
}
