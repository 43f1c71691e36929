import type { z } from 'zod'
import type { Assertion } from '../../../model/assertion.ts'
import type { TestCase } from '../../../model/case.ts'
import { HarnessError } from '../../../model/errors.ts'
import type { SourceLocation } from '../../../model/source.ts'
import { fail } from '../fail.ts'
import type { ProviderEntry, Scenario } from '../suite-document.ts'
import { assertionSchema } from './assertion.ts'
import { problemsOf } from './problems.ts'
import { providerSchema } from './provider.ts'
import { partialTestSchema, scenarioSchema, testCaseSchema } from './test-case.ts'

/** How many mistakes are told at once. */
const MOST_TOLD = 10

/**
 * Checks a value, which stays as it is: its places hold. Mistakes are located in the value itself, else at `at`.
 * @throws HarnessError `suite`, the first mistake with up to nine more in `others`
 */
export function validate(schema: z.ZodType, value: unknown, at: SourceLocation | undefined): void {
  const parsed = schema.safeParse(value)
  if (parsed.success) return
  const [first, ...rest] = problemsOf(parsed.error, value, at)
  if (first === undefined) throw new Error('zod reported no issue')
  const error = fail('suite', first.message, first.at, first.hint)
  if (rest.length === 0) throw error
  const others = rest
    .slice(0, MOST_TOLD - 1)
    .map(({ message, ...details }) => new HarnessError('suite', message, details))
  throw new HarnessError('suite', first.message, {
    at: error.at,
    hint: error.hint,
    frame: error.frame,
    others,
  })
}

/**
 * Checks a test case from anywhere: YAML (mistakes are located in it), or JSON, JSONL, a generator (they are located
 * at `at`). `vars` may still be the name of a file, or a list of them.
 * @throws HarnessError `suite`
 */
export function validateTestCase(value: unknown, at: SourceLocation): TestCase {
  validate(testCaseSchema, value, at)
  return value as TestCase
}

/** Checks the map of a `defaultTest`, where any part may be missing. @throws HarnessError `suite` */
export function validateDefaultTest(value: unknown, at: SourceLocation): TestCase {
  validate(partialTestSchema, value, at)
  return value as TestCase
}

/** Checks one scenario of a file of scenarios. @throws HarnessError `suite` */
export function validateScenario(value: unknown, at: SourceLocation): Scenario {
  validate(scenarioSchema, value, at)
  return value as Scenario
}

/** Checks one provider of a file of providers. @throws HarnessError `suite` */
export function validateProvider(value: unknown, at: SourceLocation): ProviderEntry {
  validate(providerSchema, value, at)
  return value as ProviderEntry
}

/** Checks one assertion, say the text of a dataset cell made into one. @throws HarnessError `suite` */
export function validateAssertion(value: unknown, at: SourceLocation): Assertion {
  validate(assertionSchema, value, at)
  return value as Assertion
}
