import type { Assertion } from '../../model/assertion.ts'
import type { Case, TestCase } from '../../model/case.ts'
import { fail } from '../../suite/config/fail.ts'
import { loadUserFunction } from '../../suite/user-code.ts'
import { isComparison, isModelGraded } from '../assertion-kind.ts'
import type { PrepareContext, PreparedCheck } from './prepare-check.ts'
import { prepareCheck } from './prepare-check.ts'
import type { ScoringFunction } from '../score/scoring-function.ts'
import type { Transform } from './transforms.ts'

/** A case whose checks are ready to run. */
export interface PreparedCase {
  readonly checks: readonly PreparedCheck[]
  /** `options.transform`, or its old name `postprocess`. */
  readonly transform: Transform | undefined
  readonly scoringFunction: ScoringFunction | undefined
}

/** Prepares cases. A case, and an assertion that many cases share, is prepared once. */
export interface CasePreparer {
  /** @throws HarnessError `suite` where a file is missing or broken, or a grader is not configured */
  prepare(testCase: Case): PreparedCase | Promise<PreparedCase>
}

export function createCasePreparer(context: PrepareContext): CasePreparer {
  const cases = new WeakMap<Case, PreparedCase>()
  const shared = new WeakMap<Assertion, PreparedCheck>()
  const { tools } = context

  async function prepareAll(testCase: Case): Promise<PreparedCase> {
    const checks: PreparedCheck[] = []
    for (const check of testCase.checks) {
      const { assertion } = check
      const prepared = shared.get(assertion) ?? (await prepareCheck(assertion, check, testCase.test, context))
      // One that asks a model may take its grader from the case.
      if (!asksModel(assertion)) shared.set(assertion, prepared)
      checks.push(prepared)
    }
    refuseLoneMaxScore(testCase)
    const { test } = testCase
    const spec = test.options?.transform || test.options?.postprocess
    const prepared = {
      checks,
      transform: spec ? await tools.transforms.load(spec, testCase.at) : undefined,
      scoringFunction: await loadScoringFunction(test, testCase),
    }
    cases.set(testCase, prepared)
    return prepared
  }

  async function loadScoringFunction(
    { assertScoringFunction: written }: TestCase,
    { at }: Case,
  ): Promise<ScoringFunction | undefined> {
    if (written === undefined || written === null) return undefined
    if (typeof written === 'function') return written as ScoringFunction
    if (typeof written === 'string') return loadUserFunction(written, tools.suite, at)
    throw fail('suite', 'assertScoringFunction must be a function or a `file://`', at)
  }

  return { prepare: (testCase) => cases.get(testCase) ?? prepareAll(testCase) }
}

function asksModel({ type, assert }: Assertion): boolean {
  return isModelGraded(type) || (assert?.some(asksModel) ?? false)
}

function refuseLoneMaxScore({ checks }: Case): void {
  const maxScore = checks.find(({ assertion }) => assertion.type === 'max-score')
  if (maxScore === undefined || checks.some(({ assertion }) => !isComparison(assertion.type))) return
  throw fail(
    'suite',
    '`max-score` has no other assertion to take scores from',
    maxScore.at,
    'add one that scores a reply',
  )
}
