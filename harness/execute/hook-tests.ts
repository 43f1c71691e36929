import { isDeepStrictEqual } from 'node:util'
import type { Assertion, Check } from '../model/assertion.ts'
import type { Case, TestCase } from '../model/case.ts'
import type { SourceLocation } from '../model/source.ts'
import type { Suite } from '../model/suite.ts'
import { createTemplates } from '../suite/templates.ts'
import { CaseBuilder } from '../suite/cases/build-cases.ts'
import { occurrenceId } from '../suite/cases/identity.ts'
import { validateDefaultTest, validateTestCase } from '../suite/config/schema/validate.ts'
import { FileLedger } from '../suite/file-ledger.ts'
import { NONE_LITERAL, authoredChecks } from '../suite/tests/test-source.ts'
import { copyOfTest } from './hook-case.ts'

/** Which case a test was made of. Copies made with `{...test}` keep it. */
const ORIGIN = Symbol('case')

/** A test as a beforeAll hook is given it. */
export type HookTest = TestCase & { [ORIGIN]?: Case }

/** The tests of cases, copied so that a hook may change them in place. */
export function testsOfCases(cases: readonly Case[]): HookTest[] {
  return cases.map((testCase) => Object.assign(copyOfTest(testCase), { [ORIGIN]: testCase }))
}

/**
 * The cases of the tests a beforeAll hook left. A test it did not touch stays the case it was; one it changed is built
 * anew with what the hook added to `defaultTest`, one it added with all of that.
 * @throws HarnessError `suite` for a test that is none.
 */
export async function casesOfTests(
  tests: readonly HookTest[],
  defaultTest: TestCase,
  suite: Suite,
): Promise<Case[]> {
  const at = { file: suite.file, line: 1 }
  const whole = validateDefaultTest(defaultTest, at)
  const added = addedTo(suite.defaultTest ?? {}, whole)
  const builderWith = (test: TestCase) =>
    new CaseBuilder({
      defaults: { test, checks: authoredChecks(test.assert, at) },
      repeat: suite.assay.repeat ?? 1,
      reading: readingOf(suite),
    })
  const [changing, adding] = [builderWith(added), builderWith(whole)]
  const addsNothing = isDeepStrictEqual(added, { assert: [] })
  const cases: Case[] = []
  const seen = new Map<string, number>()
  for (const { [ORIGIN]: origin, ...test } of tests) {
    const built =
      origin !== undefined && addsNothing && isUntouched(test, origin)
        ? [origin]
        : await buildCases(test, origin, origin === undefined ? adding : changing, at)
    for (const testCase of built) cases.push(counted(testCase, seen))
  }
  return cases
}

/** What a changed `defaultTest` has that the one before had not. */
function addedTo(before: TestCase, after: TestCase): TestCase {
  const { assert = [], ...rest } = after
  const known = new Set(before.assert)
  const added: TestCase = { assert: assert.filter((assertion) => !known.has(assertion)) }
  for (const [key, value] of Object.entries(rest))
    if (!isDeepStrictEqual(value, before[key])) added[key] = value
  return added
}

function isUntouched(test: TestCase, { test: before }: Case): boolean {
  const { assert = [], options = {}, metadata = {} } = before
  return isDeepStrictEqual(test, { ...before, assert, options, metadata })
}

async function buildCases(
  test: TestCase,
  origin: Case | undefined,
  builder: CaseBuilder,
  fallback: SourceLocation,
): Promise<Case[]> {
  const at = origin?.at ?? fallback
  validateTestCase(test, at)
  const { vars = {}, assert = [] } = test
  // What came out of a dataset stays data; what a hook wrote is its author's.
  const literal = [...(origin?.literalVars ?? NONE_LITERAL)].filter(
    (name) => vars[name] === origin?.vars[name],
  )
  const checks = checksOf(assert, origin?.checks ?? [], at)
  // The vars of a case that was read were transformed then.
  const options = origin === undefined ? test.options : { ...test.options, transformVars: undefined }
  const sourced = { test: { ...test, options }, checks, literalVars: new Set(literal), at }
  const drafts = builder.needsTransform(sourced)
    ? await builder.buildTransformed(sourced)
    : builder.build(sourced)
  const isSame = origin !== undefined && drafts.length === 1 && isDeepStrictEqual(vars, origin.vars)
  return drafts.map((draft) => {
    const repeat = draft.test.options?.repeat ?? origin?.repeat ?? draft.repeat
    return Object.assign(draft, { repeat, id: isSame ? origin.id : draft.id })
  })
}

function checksOf(assertions: readonly Assertion[], known: readonly Check[], at: SourceLocation): Check[] {
  return assertions.map(
    (assertion) => known.find((check) => check.assertion === assertion) ?? { assertion, at, literal: false },
  )
}

/** Cases a hook made alike are told apart like any others. */
function counted(testCase: Case, seen: Map<string, number>): Case {
  const { id } = testCase
  const occurrence = (seen.get(id) ?? 0) + 1
  seen.set(id, occurrence)
  return occurrence === 1 ? testCase : { ...testCase, id: occurrenceId(id, occurrence) }
}

function readingOf({ file, dir, root, allowOutside = false, builtin, env, templates }: Suite) {
  return {
    file,
    dir,
    namedDir: dir,
    root,
    allowOutside,
    builtin,
    env,
    ledger: new FileLedger(root),
    templates: templates ?? createTemplates({ env }),
    warn() {},
  }
}
