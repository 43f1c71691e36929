import { z } from 'zod'
import { readStrictly } from '../../harness/model/strict-config.ts'
import { isVariable } from '../shared/from-vars.ts'
import { languageCode, unknownLanguage } from './languages.ts'

const EXPECTED =
  "expected a language (`de`, `pt-BR`, `French`), a list of them, or a variable: expected: '{{language}}'"

const schema = z.strictObject({
  expected: z
    .union([z.string(), z.array(z.string())], EXPECTED)
    .refine((written) => written.length > 0, EXPECTED),
  atLeast: z.number().gt(0).max(1).default(0.9),
  minLetters: z.int().min(1).default(20),
  unknown: z.enum(['fail', 'pass']).default('fail'),
  quotes: z.enum(['ignore', 'judge']).default('ignore'),
})

export type Config = z.output<typeof schema>

/** @throws {ConfigError} for a mistake */
export function readConfig(written: Readonly<Record<string, unknown>>): Config {
  const read = readStrictly(schema, written, 'language')
  for (const language of [read.expected].flat())
    if (!isVariable(language) && languageCode(language) === undefined) throw unknownLanguage(language)
  return read
}
