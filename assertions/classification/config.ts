import { z } from 'zod'
import { ConfigError } from '../../harness/model/errors.ts'
import { readStrictly } from '../../harness/model/strict-config.ts'
import { isVariable } from '../shared/from-vars.ts'
import type { LabelSet } from '../shared/label-set.ts'
import { labelSetOf } from '../shared/label-set.ts'
import { Recent } from '../shared/recent.ts'
import { word, writtenLabels } from '../shared/written-labels.ts'

/** What an abstention goes by, in evidence and where it is expected. */
export const ABSTAINED = 'abstained'

const schema = z.strictObject({
  labels: writtenLabels,
  expected: word,
  abstain: z.array(word).min(1).optional(),
  abstainScore: z.number().min(0).max(1).default(0),
  from: z.enum(['text', 'json']).default('text'),
  path: z.string().min(1).default('label'),
  confidence: z.string().min(1).optional(),
  strict: z.boolean().default(false),
})

export type Config = Omit<z.output<typeof schema>, 'labels' | 'abstain'> & {
  /** The labels and, as one more, `abstained` with the words for it. */
  readonly answers: LabelSet
  readonly labels: readonly string[]
  readonly mayAbstain: boolean
}

const configs = new Recent<Config>(64)

/** @throws {ConfigError} for a mistake */
export function readConfig(written: Readonly<Record<string, unknown>>): Config {
  return configs.get(JSON.stringify(written), () => make(written))
}

function make(written: Readonly<Record<string, unknown>>): Config {
  const { labels: given, abstain, ...others } = readStrictly(schema, written, 'classification')
  const { confidence, from } = others
  if (confidence !== undefined && from === 'text') {
    const hint = 'a confidence is read from JSON: add `from: json`'
    throw new ConfigError('classification: config.confidence needs JSON', ['confidence'], true, hint)
  }
  if (written['path'] !== undefined && from === 'text') {
    const hint = 'a path leads through JSON: add `from: json`'
    throw new ConfigError('classification: config.path needs JSON', ['path'], true, hint)
  }
  const synonyms: Record<string, readonly string[]> = Array.isArray(given)
    ? Object.fromEntries(given.map((label) => [label, []]))
    : given
  const { labels } = labelSetOf(synonyms, 'labels')
  if (labels.includes(ABSTAINED)) {
    const hint = 'give the label another name; replies that do not decide are what `abstain` is for'
    const message = `classification: \`${ABSTAINED}\` is what an abstention is called`
    throw new ConfigError(message, ['labels'], false, hint)
  }
  const answers =
    abstain === undefined
      ? labelSetOf(synonyms, 'labels')
      : labelSetOf({ ...synonyms, [ABSTAINED]: abstain }, 'abstain')
  const { expected } = others
  if (!isVariable(expected) && answers.exactly(expected) === undefined) {
    const message = `classification: config.expected: ${JSON.stringify(expected)} is none of the labels, and no variable`
    throw new ConfigError(message, ['expected'], false, `labels: ${labels.join(', ')}; or '{{variable}}'`)
  }
  return { ...others, labels, answers, mayAbstain: abstain !== undefined }
}
