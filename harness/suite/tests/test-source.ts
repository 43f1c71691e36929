import type { Assertion, Check } from '../../model/assertion.ts'
import type { TestCase } from '../../model/case.ts'
import type { SourceLocation } from '../../model/source.ts'
import { locate } from '../config/positions.ts'

/** A test as its source holds it: before `defaultTest` and fan-out. */
export interface SourcedTest {
  /** Its `vars`, if any, are a map: files of vars are loaded. */
  readonly test: TestCase
  /** Of `test.assert`, in order. */
  readonly checks: readonly Check[]
  readonly literalVars: ReadonlySet<string>
  readonly at: SourceLocation
}

/** Where tests come from. Every call of `batches` walks them anew, in file order; large ones are streamed. */
export interface TestSource {
  batches(): AsyncIterable<readonly SourcedTest[]> | Iterable<readonly SourcedTest[]>
}

export const NONE_LITERAL: ReadonlySet<string> = new Set()

/** Assertion types whose value is code by its author, wherever it is written. */
const CODE_TYPES = /^(not-)?(javascript|python|ruby|webhook)$/

/** True when an assertion's value, coming from a dataset, is data and not code or a file. */
export function isLiteralValue({ type, value }: Assertion): boolean {
  return !CODE_TYPES.test(type) && !(typeof value === 'string' && value.startsWith('file://'))
}

/** The checks of assertions that were authored (in YAML, JSON or code): their values may be templates. */
export function authoredChecks(assertions: readonly Assertion[] | undefined, at: SourceLocation): Check[] {
  return (assertions ?? []).map((assertion, index) => ({
    assertion,
    at: locate(assertion) ?? locate(assertions as Assertion[], index) ?? at,
    literal: false,
  }))
}

/** Tests that are held in memory. */
export function heldTests(tests: readonly SourcedTest[]): TestSource {
  return { batches: () => [tests] }
}
