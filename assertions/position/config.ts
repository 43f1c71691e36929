import { z } from 'zod'
import { ConfigError } from '../../harness/model/errors.ts'
import { readStrictly } from '../../harness/model/strict-config.ts'

const text = z.string().min(1)
const texts = z.union([text, z.number(), z.array(z.union([text, z.number()])).min(1)])

const schema = z.strictObject({
  expected: texts.optional(),
  wrong: z.union([texts, z.array(z.never())]).optional(),
  depth: z.union([z.number().min(0).max(1), text]).optional(),
  needle: text.optional(),
  needles: z.enum(['one', 'many']).default('one'),
  between: z.tuple([text, text]).optional(),
})

export type PositionConfig = z.infer<typeof schema>

/** @throws ConfigError for the first mistake */
export function readConfig(config: object): PositionConfig {
  const read = readStrictly(schema, config, 'position')
  const mistake = (message: string, hint: string): ConfigError =>
    new ConfigError(`position: config ${message}`, [], false, hint)
  if (read.expected === undefined) throw mistake('needs `expected`', "expected: '{{answer}}'")
  if ((read.depth === undefined) === (read.needle === undefined))
    throw mistake(
      'needs one of `depth` and `needle`',
      "depth: '{{depth}}' where the case says it, needle: '{{needle}}' where it is to be found in the prompt",
    )
  if (read.needle === undefined && read.between !== undefined)
    throw mistake('has `between` without a `needle` to find', 'leave it out')
  return read
}
