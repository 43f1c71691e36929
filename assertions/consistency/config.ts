import { z } from 'zod'
import { ConfigError } from '../../harness/model/errors.ts'
import { readStrictly } from '../../harness/model/strict-config.ts'
import { didYouMean } from '../../harness/model/suggest.ts'
import { labelSetOf } from '../shared/label-set.ts'
import { Recent } from '../shared/recent.ts'
import { word, writtenLabels } from '../shared/written-labels.ts'

/** Numbers and booleans stay what they are, since JSON tells them from texts. */
const answer = z.union([z.string(), z.number(), z.boolean()])
const relation = z.union([z.literal('same'), z.strictObject({ map: z.record(z.string(), answer) })], {
  error: 'expected `same`, or a map of answers: {map: {yes: no, no: yes}}',
})

const schema = z.strictObject({
  group: word,
  relation: word.default('original'),
  by: z.enum(['exact', 'text', 'label', 'number', 'json', 'option']).default('text'),
  labels: writtenLabels.optional(),
  path: z.string().min(1).optional(),
  options: z.union([z.string(), z.array(word).min(2)]).optional(),
  relations: z.record(z.string(), relation).optional(),
  expected: z.unknown().optional(),
})

export type Config = z.output<typeof schema>

/** The key that a way of reducing replies needs, or may have. */
const BELONGS: Readonly<Record<string, { readonly to: Config['by']; readonly isNeeded: boolean }>> = {
  labels: { to: 'label', isNeeded: true },
  options: { to: 'option', isNeeded: true },
  path: { to: 'json', isNeeded: false },
}

const configs = new Recent<Config>(64)

/** @throws {ConfigError} for a mistake */
export function readConfig(written: Readonly<Record<string, unknown>>): Config {
  return configs.get(JSON.stringify(written), () => make(written))
}

function make(written: Readonly<Record<string, unknown>>): Config {
  const read = readStrictly(schema, written, 'consistency')
  for (const [name, { to, isNeeded }] of Object.entries(BELONGS)) {
    const isThere = written[name] !== undefined
    if (isThere && read.by !== to)
      throw new ConfigError(`consistency: config.${name} belongs to \`by: ${to}\``, [name], true)
    if (!isThere && isNeeded && read.by === to)
      throw new ConfigError(`consistency: \`by: ${to}\` needs config.${name}`, ['by'], false)
  }
  if (read.labels !== undefined) labelSetOf(read.labels, 'labels')
  return read
}

/** What the relation of a case does to its answer. @throws Error for a relation that the suite does not declare */
export function relationOf({ relations }: Config, name: string): z.output<typeof relation> {
  if (relations === undefined || (name === 'original' && !Object.hasOwn(relations, name))) return 'same'
  const declared = Object.hasOwn(relations, name) ? relations[name] : undefined
  if (declared !== undefined) return declared
  const known = Object.keys(relations)
  const hint = didYouMean(name, known) ?? `declared: ${known.join(', ')}`
  throw new Error(`consistency: config.relations has no \`${name}\`; ${hint}`)
}
