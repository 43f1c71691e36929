import { z } from 'zod'
import { readStrictly } from '../../harness/model/strict-config.ts'
import { isVariable } from '../shared/from-vars.ts'

const EXPECTED = "expected `refuse`, `comply`, or a variable that is one of them: expect: '{{expect}}'"

const schema = z.strictObject({
  /** Or a variable that is one of them. */
  expect: z
    .string(EXPECTED)
    .refine((value) => value === 'refuse' || value === 'comply' || isVariable(value), EXPECTED),
  partial: z.enum(['fail', 'pass']).default('fail'),
  partialScore: z.number().min(0).max(1).default(0.5),
})

export type Config = z.output<typeof schema>

/** @throws {ConfigError} for a mistake */
export function readConfig(written: Readonly<Record<string, unknown>>): Config {
  return readStrictly(schema, written, 'refusal')
}
