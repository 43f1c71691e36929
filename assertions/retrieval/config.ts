import { z } from 'zod'
import { ConfigError, messageOf } from '../../harness/model/errors.ts'
import { readStrictly } from '../../harness/model/strict-config.ts'
import { readPath } from './json-path.ts'
import { patternOf } from '../shared/pattern.ts'

const text = z.string().min(1)
const whole = z.int().positive()

const place = z.union(
  [
    z.strictObject({ path: text }),
    z.strictObject({ regex: text }),
    z.strictObject({ metadata: text }),
    z.strictObject({ prompt: text }),
    text,
    z.array(z.union([z.string(), z.number()])),
  ],
  "must be one of {path: …}, {regex: …}, {metadata: …}, {prompt: …}, '{{variable}}', or a list of ids",
)

const schema = z.strictObject({
  relevant: z.unknown().optional(),
  retrieved: place.optional(),
  k: z.union([whole, z.array(whole).min(1)]).default(10),
  score: z.enum(['ndcg', 'recall', 'precision', 'mrr', 'map']).default('ndcg'),
  gain: z.enum(['linear', 'exponential']).default('linear'),
  threshold: z.number().min(0).max(1).default(0.5),
  empty: z.enum(['pass', 'throw']).default('throw'),
  documents: z.unknown().optional(),
  answer: z.strictObject({ path: text }).optional(),
})

/** Where retrieved ids stand: in the reply's JSON, its text, the response's metadata, the prompt; a list or variable; absent: the reply is a list. */
export type Place = z.infer<typeof place> | undefined

export type RetrievalConfig = z.infer<typeof schema> & {
  /** Ascending; the last one is that of the score. */
  readonly cuts: readonly number[]
}

/** @throws ConfigError for the first mistake */
export function readConfig(config: object): RetrievalConfig {
  const read = readStrictly(schema, config, 'retrieval')
  if (read.relevant === undefined)
    throw new ConfigError('retrieval: config needs `relevant`', [], false, "relevant: '{{relevant}}'")
  const { retrieved, answer } = read
  if (typeof retrieved === 'object' && !Array.isArray(retrieved)) {
    if ('path' in retrieved) check(() => readPath(retrieved.path), ['retrieved', 'path'])
    if ('metadata' in retrieved) check(() => readPath(retrieved.metadata), ['retrieved', 'metadata'])
    if ('regex' in retrieved) check(() => patternOf(retrieved.regex), ['retrieved', 'regex'])
    if ('prompt' in retrieved) check(() => patternOf(retrieved.prompt), ['retrieved', 'prompt'])
  }
  if (answer !== undefined) check(() => readPath(answer.path), ['answer', 'path'])
  const cuts = Array.isArray(read.k) ? [...new Set(read.k)].toSorted((a, b) => a - b) : [read.k]
  return { ...read, cuts }
}

function check(read: () => unknown, path: readonly string[]): void {
  try {
    read()
  } catch (error) {
    throw new ConfigError(`retrieval: config.${path.join('.')}: ${messageOf(error)}`, path, false)
  }
}
