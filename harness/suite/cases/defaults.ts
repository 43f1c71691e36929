import type { Check } from '../../model/assertion.ts'
import type { TestCase } from '../../model/case.ts'
import type { SuiteDocument } from '../config/read-config.ts'
import { locate } from '../config/positions.ts'
import { validateDefaultTest } from '../config/schema/validate.ts'
import type { Reading } from '../reading.ts'
import { resolveFile } from '../reading.ts'
import { loadVars, readValues } from '../tests/authored.ts'
import { authoredChecks } from '../tests/test-source.ts'

/** What every test of a suite starts from. */
export interface Defaults {
  readonly test: TestCase
  /** Shared by all cases: caches know them by identity. */
  readonly checks: readonly Check[]
}

/**
 * The suite's `defaultTest`, written in it or in a file. The suite's `metadata` are those of every test, unless `defaultTest`
 * has its own, or is written in the suite.
 * @throws HarnessError `suite`
 */
export function readDefaults(document: SuiteDocument, reading: Reading): Defaults {
  const written = document.defaultTest
  const at = locate(document, 'defaultTest') ?? { file: reading.file, line: 1 }
  if (written === undefined || written === null) return { test: { metadata: document.metadata }, checks: [] }
  let test: TestCase
  if (typeof written === 'string') {
    const file = resolveFile(reading, written, at)
    test = {
      metadata: document.metadata,
      ...validateDefaultTest(readValues(file, reading), { file, line: 1 }),
    }
  } else test = written
  const vars = loadVars(test.vars, at, reading.dir, reading)
  return { test: { ...test, vars }, checks: authoredChecks(test.assert, at) }
}
