import type { Check } from '../model/assertion.ts'
import type { Case, TestCase } from '../model/case.ts'

/** A case's test, copied so that what a hook changes in it in place changes nothing else. */
export function copyOfTest({ test, vars }: Case): TestCase {
  const { assert = [], options, metadata } = test
  return {
    ...test,
    vars: { ...vars },
    assert: [...assert],
    options: { ...options },
    metadata: { ...metadata },
  }
}

/** The case as a beforeEach hook left its test. Checks it did not touch keep their place in the file. */
export function caseAfterHook(original: Case, test: TestCase): Case {
  const { assert = [], vars = {} } = test
  const checks = assert.map(
    (assertion): Check =>
      original.checks.find((check) => check.assertion === assertion) ?? {
        assertion,
        at: original.at,
        literal: false,
      },
  )
  const isUntouched =
    checks.length === original.checks.length && checks.every((check, i) => check === original.checks[i])
  // Checks are known by their list: it stays the same where it can.
  return { ...original, test, vars, checks: isUntouched ? original.checks : checks }
}
