import { z } from 'zod'
import { assertionTypeProblem } from '../catalog.ts'
import { checked, isMap, oneOf, strictMap } from './form.ts'
import { anyMap, code, notNegative, providerRef, text } from './scalars.ts'

const type = checked(text, (value, report) => {
  if (typeof value !== 'string') return
  const problem = assertionTypeProblem(value)
  if (problem !== undefined) report(problem.message, [], { hint: problem.hint })
})

const plain = checked(
  strictMap({
    type,
    value: z.unknown().optional(),
    config: anyMap.optional(),
    threshold: z.number().optional(),
    weight: notNegative.optional(),
    metric: text.optional(),
    provider: providerRef.optional(),
    rubricPrompt: z.unknown().optional(),
    transform: code.optional(),
    contextTransform: code.optional(),
  }),
  (assertion, report) => {
    if (!isMap(assertion) || typeof assertion.type !== 'string') return
    const base = assertion.type.replace(/^not-/, '')
    if (NEEDS_VALUE.has(base) && (assertion.value === undefined || assertion.value === null)) {
      report(`assertion \`${assertion.type}\` needs a \`value\``)
    }
    if (NEEDS_THRESHOLD.has(base) && assertion.threshold === undefined) {
      report(`assertion \`${assertion.type}\` needs a \`threshold\``, [], { hint: NEEDS_THRESHOLD.get(base) })
    }
    if (base === 'regex' && typeof assertion.value === 'string') {
      const mistake = patternMistake(assertion.value)
      if (mistake !== undefined) report(mistake, ['value'])
    }
  },
)

/** Types that promptfoo breaks off at, reply by reply, when they have no value. */
const NEEDS_VALUE: ReadonlySet<string> = new Set(
  `contains icontains contains-any contains-all icontains-any icontains-all starts-with regex javascript python ruby
   webhook levenshtein rouge-n bleu gleu meteor similar similar:cosine similar:dot similar:euclidean factuality
   model-graded-factuality model-graded-closedqa g-eval word-count finish-reason context-recall tool-call-f1 pi
   select-best`.split(/\s+/),
)

const NEEDS_THRESHOLD: ReadonlyMap<string, string> = new Map([
  ['latency', 'milliseconds: `threshold: 2000`'],
  ['cost', 'USD: `threshold: 0.01`'],
])

function patternMistake(pattern: string): string | undefined {
  // A template or a file is not yet the pattern.
  if (/\{[{%]|^file:\/\//.test(pattern)) return undefined
  try {
    RegExp(pattern)
    return undefined
  } catch (error) {
    return (error as Error).message.replace(/^Invalid regular expression/, 'not a regular expression')
  }
}

const member = oneOf((value) => {
  if (!isMap(value)) return 'an assertion such as `{type: contains, value: …}`'
  return value['type'] === 'assert-set' ? nestedSet : plain
})

const nestedSet = checked(z.unknown(), (_, report) => {
  report('an assert-set cannot hold another assert-set', ['type'], { hint: 'move its assertions up' })
})

const assertionSet = strictMap({
  type: text,
  assert: z.array(member),
  weight: notNegative.optional(),
  metric: text.optional(),
  threshold: z.number().optional(),
  config: anyMap.optional(),
})

/** An assertion, or an assert-set with its members. */
export const assertionSchema = oneOf((value) => {
  if (!isMap(value)) return 'an assertion such as `{type: contains, value: …}`'
  return value['type'] === 'assert-set' ? assertionSet : plain
})
