import type { Plan } from '../model/plan.ts'
import { columnsFor } from '../plan/columns.ts'
import { fail } from '../suite/config/fail.ts'
import { isComparison } from './assertion-kind.ts'
import type { OpenVerifier } from './open-verifier.ts'

/**
 * Prepares the checks of every case: whatever would keep one from running is found before the first call.
 * @throws HarnessError `suite` at the assertion
 */
export async function prepareCases({ suite, columns }: Plan, verifier: OpenVerifier): Promise<void> {
  for await (const testCase of suite.cases()) {
    await verifier.prepare(testCase)
    if (!verifier.comparesColumns(testCase) || columnsFor(testCase, columns, suite.dir).length > 1) continue
    const comparing = testCase.checks.find(({ assertion }) => isComparison(assertion.type))
    throw fail(
      'suite',
      `\`${comparing?.assertion.type ?? 'this'}\` compares the replies of several prompts or providers, and here is one`,
      comparing?.at ?? testCase.at,
      'add a prompt or a provider, or select more than one',
    )
  }
}
