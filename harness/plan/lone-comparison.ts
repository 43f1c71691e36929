import type { Case } from '../model/case.ts'
import type { Column } from '../model/cell.ts'
import { fail } from '../suite/config/fail.ts'
import { isComparison } from '../verify/assertion-kind.ts'
import { columnsFor } from './columns.ts'

/**
 * Refuses a case that compares the replies of several columns and is to run in one: every cell of it would be called for
 * nothing.
 * @throws HarnessError `suite` at the assertion
 */
export function refuseLoneComparison(testCase: Case, columns: readonly Column[], dir: string): void {
  const comparing = testCase.checks.find(({ assertion }) => isComparison(assertion.type))
  if (comparing === undefined || columnsFor(testCase, columns, dir).length > 1) return
  throw fail(
    'suite',
    `\`${comparing.assertion.type}\` compares the replies of several prompts or providers, and here is one`,
    comparing.at,
    'add a prompt or a provider, or select more than one',
  )
}
