import type { Assertion, Check } from '../../model/assertion.ts'
import type { Case } from '../../model/case.ts'
import { baseType, isCode } from '../../verify/assertion-kind.ts'

/** Checks of form: their reasons speak of the reply alone. A schema, a number of words or a price is no answer. */
const FORM: ReadonlySet<string> = new Set([
  'contains-html',
  'contains-json',
  'contains-sql',
  'contains-xml',
  'cost',
  'finish-reason',
  'guardrails',
  'is-html',
  'is-json',
  'is-refusal',
  'is-sql',
  'is-valid-function-call',
  'is-valid-openai-function-call',
  'is-valid-openai-tools-call',
  'is-xml',
  'latency',
  'moderation',
  'perplexity',
  'perplexity-score',
  'word-count',
])

/** What promptfoo says, code and all, when a script gave a verdict and no reason, or threw. */
const BARE_VERDICT =
  /^(?:Custom function (?:returned|threw error)|(?:Python|Ruby) code (?:returned|execution failed)|Webhook returned)/

/** What a check is written in, and what may be in it. */
export interface Surroundings {
  /** The assertions that every case has, of `defaultTest`. */
  readonly shared: ReadonlySet<Assertion>
  readonly vars: Case['vars']
}

/**
 * Whether the model may be told why a check failed. A reason that quotes what the right answer to this very case is makes the
 * next try worthless as a measurement: `Expected output "positive" to equal "negative"` is the label. So a reason is told when
 * - the check is one of form (`is-json`, `word-count`, `latency`, …), or
 * - it is code that gives a reason of its own: its author chose the words, or
 * - it is the same for every case: it stands in `defaultTest` and none of the case's variables is named in it. Of any
 *   other check, such as an `equals` of a dataset's `__expected` or of `{{label}}`, the model learns that it failed,
 *   no more.
 */
export function mayTell(
  { assertion, literal }: Check,
  reason: string,
  { shared, vars }: Surroundings,
): boolean {
  const { type } = assertion
  if (FORM.has(baseType(type))) return true
  if (isCode(type) || baseType(type) === 'webhook') {
    if (!BARE_VERDICT.test(reason)) return true
  }
  return shared.has(assertion) && !literal && !isOfOneCase(assertion, vars)
}

/** True when the check may ask for another thing in each case; a file may hold anything. */
function isOfOneCase({ value, rubricPrompt }: Assertion, vars: Case['vars']): boolean {
  const written = JSON.stringify([value, rubricPrompt]) ?? ''
  if (typeof value === 'function' || written.includes('file://')) return true
  return /\{[{%]/.test(written) && Object.keys(vars).some((name) => written.includes(name))
}
