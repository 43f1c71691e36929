import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import {
  commandLineOptionsSchema,
  evaluateOptionsSchema,
} from '../../../../harness/suite/config/schema/run-options.ts'
import { suiteSchema } from '../../../../harness/suite/config/schema/suite.ts'
import {
  validateAssertion,
  validateProvider,
  validateScenario,
  validateTestCase,
} from '../../../../harness/suite/config/schema/validate.ts'
import { promptfooSchemas } from './promptfoo-schemas.ts'

const promptfoo = await promptfooSchemas()
const keysOf = (schema: z.ZodObject): string[] => Object.keys(schema.shape).sort()
const at = { file: 'x.yaml', line: 1 }

/** A value with every key of a schema, unset: an unknown key would be refused all the same. */
const withKeys = (value: object, schema: z.ZodObject): object =>
  Object.assign(Object.fromEntries(keysOf(schema).map((key) => [key, undefined])), value)

describe("every key of promptfoo's suites is known", () => {
  it('at the top level', () => {
    const known = keysOf(suiteSchema)
    const theirs = [
      ...keysOf(promptfoo.TestSuiteConfigSchema),
      'targets',
      'evaluateOptions',
      'commandLineOptions',
    ]
    expect(theirs.filter((key) => !known.includes(key))).toEqual([])
    expect(known.filter((key) => !theirs.includes(key))).toEqual(['assay', 'plugins', 'strategies'])
  })

  it('in evaluateOptions and commandLineOptions', () => {
    expect(keysOf(evaluateOptionsSchema)).toEqual(keysOf(promptfoo.EvaluateOptionsSchema))
    expect(keysOf(commandLineOptionsSchema)).toEqual(keysOf(promptfoo.CommandLineOptionsSchema))
  })

  it('in tests, assertions, assert-sets, scenarios and providers', () => {
    validateTestCase(withKeys({ vars: {} }, promptfoo.TestCaseSchema), at)
    validateAssertion(withKeys({ type: 'equals', value: 1 }, promptfoo.AssertionSchema), at)
    validateAssertion(withKeys({ type: 'assert-set', assert: [] }, promptfoo.AssertionSetSchema), at)
    validateScenario(withKeys({ config: [], tests: [] }, promptfoo.ScenarioSchema), at)
    const provider = {
      label: 'l',
      config: {},
      prompts: ['p'],
      transform: 'output',
      delay: 1,
      env: {},
      inputs: {},
    }
    expect(validateProvider({ id: 'echo', ...provider }, at)).toEqual({ id: 'echo', ...provider })
  })
})
