import type { TestCase } from '../../model/case.ts'
import type { SourceLocation } from '../../model/source.ts'
import { locate } from '../config/positions.ts'
import type { SuiteDocument } from '../config/read-config.ts'
import { validateScenario } from '../config/schema/validate.ts'
import { loadExternalValues } from '../external-values.ts'
import type { Reading } from '../reading.ts'
import { readTestSources } from '../tests.ts'
import { loadVars } from '../tests/authored.ts'
import type { SourcedTest, TestSource } from '../tests/test-source.ts'
import { NONE_LITERAL, authoredChecks, heldTests } from '../tests/test-source.ts'
import type { Defaults } from './defaults.ts'

type Scenario = ReturnType<typeof validateScenario>

interface Config {
  readonly test: TestCase
  readonly at: SourceLocation
}

/**
 * The tests of all scenarios: every row of a scenario's `config` with every one of its `tests`. promptfoo merges `defaultTest` in
 * whole here, description and all; and the tests of one row are one conversation.
 * @throws HarnessError `suite`
 */
export async function readScenarios(
  document: SuiteDocument,
  defaults: Defaults,
  reading: Reading,
): Promise<TestSource[]> {
  const start = locate(document, 'scenarios') ?? { file: reading.file, line: 1 }
  const written = (document.scenarios ?? []) as unknown[]
  const sources: TestSource[] = []
  let row = 0
  for (const [index, entry] of written.entries()) {
    const at = locate(written, index) ?? start
    for (const scenario of scenariosOf(entry, at, reading)) {
      const tests = await readTestSources(scenario.tests, at, reading)
      // Without tests, each row is one.
      if (scenario.tests === undefined)
        tests.push(heldTests([{ test: {}, checks: [], literalVars: NONE_LITERAL, at }]))
      for (const [position, test] of scenario.config.entries()) {
        const vars = loadVars(test.vars, at, reading.dir, reading)
        const config = { test: { ...test, vars }, at: locate(scenario.config, position) ?? at }
        const conversation = `__scenario_${row++}__`
        sources.push(...tests.map((source) => combined(source, config, defaults, conversation)))
      }
    }
  }
  return sources
}

/** One written in the suite, or those in a file. */
function scenariosOf(entry: unknown, at: SourceLocation, reading: Reading): Scenario[] {
  if (typeof entry !== 'string') return [entry as Scenario]
  const content = loadExternalValues(entry, reading, at)
  return (Array.isArray(content) ? content : [content]).map((value) => validateScenario(value, at))
}

function combined(source: TestSource, config: Config, defaults: Defaults, conversation: string): TestSource {
  const checks = authoredChecks(config.test.assert, config.at)
  const merge = (sourced: SourcedTest): SourcedTest => ({
    ...sourced,
    test: mergeTests(defaults.test, config.test, sourced.test, conversation),
    checks: [...checks, ...sourced.checks],
  })
  return {
    async *batches() {
      for await (const batch of source.batches()) yield batch.map(merge)
    },
  }
}

function mergeTests(defaults: TestCase, config: TestCase, test: TestCase, conversation: string): TestCase {
  const metadata = { ...defaults.metadata, ...config.metadata, ...test.metadata }
  return {
    ...defaults,
    ...config,
    ...test,
    vars: { ...config.vars, ...test.vars },
    options: { ...defaults.options, ...config.options, ...test.options },
    assert: [...(config.assert ?? []), ...(test.assert ?? [])],
    metadata: { ...metadata, conversationId: metadata['conversationId'] ?? conversation },
  }
}
