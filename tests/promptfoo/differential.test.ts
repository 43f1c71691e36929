import { describe, expect, it } from 'vitest'
import { DETERMINISTIC_TYPES } from '../../harness/suite/config/catalog.ts'
import { assertionBatches } from './differential/assertions.ts'
import type { Batch } from './differential/batch.ts'
import { codeBatches } from './differential/code.ts'
import { comparingBatches } from './differential/comparing.ts'
import { csvBatches } from './differential/csv.ts'
import { gradedBatches } from './differential/graded.ts'
import { hookBatches } from './differential/hooks.ts'
import { mergingBatches } from './differential/merging.ts'
import { orderBatches } from './differential/order.ts'
import { promptBatches } from './differential/prompts.ts'
import { providerBatches } from './differential/providers.ts'
import { renderingBatches } from './differential/rendering.ts'
import { replyBatches } from './differential/replies.ts'
import { compareCases, explain } from './differential/run-batch.ts'
import { scoringBatches } from './differential/scoring.ts'
import { testBatches } from './differential/tests.ts'
import { transformBatches } from './differential/transforms.ts'
import { varBatches } from './differential/vars.ts'

/** Each is one process of promptfoo. */
const BATCHES: readonly Batch[] = [
  ...assertionBatches,
  ...codeBatches,
  ...gradedBatches,
  ...comparingBatches,
  ...scoringBatches,
  ...promptBatches,
  ...providerBatches,
  ...testBatches,
  ...csvBatches,
  ...mergingBatches,
  ...renderingBatches,
  ...varBatches,
  ...transformBatches,
  ...orderBatches,
  ...replyBatches,
  ...hookBatches,
]

/** By the words in which the batches tell of themselves. */
const SEMANTICS = `
  prompt: inline, prompt: label and id, prompt: prompt config, prompt: text file, prompt: markdown, prompt: nunjucks file,
  prompt: JSON file, prompt: YAML file, prompt: JSONL, prompt: CSV, prompt: glob, prompt: function, prompt: map,
  provider forms, targets, provider.transform, prompts filter, providers filter,
  tests: inline, tests: YAML, tests: JSON, tests: JSONL, tests: CSV, tests: glob,
  tests: TypeScript generator, tests: JavaScript generator,
  CSV columns, __expected, __expected2, __prefix, __suffix, __description, __providerOutput, __metric, __threshold,
  __metadata:kind, __metadata:tags[], __config:__expected:threshold,
  $ref, env, merge keys, YAML scalars, nunjucksFilters, nunjucks, JSON prompt, prefix and suffix,
  defaultTest, defaultTest in a file, disableDefaultAsserts, scenarios,
  var fan-out, disableVarExpansion, file vars, options.repeat, repeats, providerOutput,
  options.transform, assertion transform, transformVars, contextTransform,
  assert-set, weight, weight 0, threshold, metric, templated metric, metrics, derivedMetrics,
  assertScoringFunction, custom assertion, stub grader, select-best, max-score,
  _conversation, storeOutputAs, extension hooks, reply of any shape`.split(/,\s+/)

describe('generated suites, by promptfoo and by assay', () => {
  it('are at least 400 cases in at most 25 processes, over every semantic and every deterministic check with its `not-`', () => {
    const covered = new Set(BATCHES.flatMap(({ covers }) => covers.flat()))
    const types = DETERMINISTIC_TYPES.flatMap((type) => [type, `not-${type}`])
    expect([...SEMANTICS, ...types].filter((wanted) => !covered.has(wanted.trim()))).toEqual([])
    expect(BATCHES.flatMap(({ covers }) => covers).length).toBeGreaterThanOrEqual(400)
    expect(BATCHES.length).toBeLessThanOrEqual(25)
  })

  it.each(BATCHES.map((batch) => [batch.name, batch] as const))(
    'have the same prompts, outputs, verdicts, scores and named scores: %s',
    async (_name, batch) => {
      const comparison = await compareCases(
        batch,
        batch.covers.map((_, at) => at),
      )
      if (comparison.mismatches.length > 0) expect.fail(await explain(batch, comparison))
      // Cells that break on both sides compare little.
      expect(comparison.errored).toBeLessThan(comparison.cells / 2)
      expect(comparison.cells).toBeGreaterThanOrEqual(batch.covers.length)
    },
    120_000,
  )
})
