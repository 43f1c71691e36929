import { z } from 'zod'
import { readStrictly } from '../../harness/model/strict-config.ts'
import { isVariable } from '../shared/from-vars.ts'
import { NORMALISERS } from './normalisers.ts'
import type { NormaliserName } from './normalisers.ts'
import type { FieldRules } from './tree.ts'

const paths = z.array(z.string()).optional()

const configSchema = z.strictObject({
  expected: z
    .unknown()
    .refine(
      (value) =>
        typeof value === 'string' ? isVariable(value) : typeof value === 'object' && value !== null,
      "expected an object or a list, or '{{a_variable}}'",
    ),
  normalise: z
    .record(z.string(), z.enum(Object.keys(NORMALISERS) as [NormaliserName, ...NormaliserName[]]))
    .optional(),
  ordered: paths,
  ignore: paths,
  threshold: z.number().min(0).max(1).default(1),
})

export interface ExtractionConfig {
  readonly expected: unknown
  readonly rules: FieldRules
  readonly threshold: number
}

/** @throws {ConfigError} for a mistake */
export function readConfig(config: object): ExtractionConfig {
  const {
    expected,
    normalise = {},
    ordered = [],
    ignore = [],
    threshold,
  } = readStrictly(configSchema, config, 'extraction')
  const rules = {
    normalise: new Map(Object.entries(normalise)),
    ordered: new Set(ordered),
    ignored: new Set(ignore),
  }
  return { expected, rules, threshold }
}
