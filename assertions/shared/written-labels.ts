import { z } from 'zod'

/** A word of the suite's; YAML makes numbers and booleans of some. */
export const word = z.union([z.string(), z.number(), z.boolean()]).transform(String)

/** Labels in a config: a list of at least two, or a map from each label to its synonyms. */
export const writtenLabels = z.union(
  [z.array(word), z.record(z.string(), z.union([z.array(word), z.null().transform((): string[] => [])]))],
  { error: 'expected at least two labels: a list, or a map from each label to a list of its synonyms' },
)
