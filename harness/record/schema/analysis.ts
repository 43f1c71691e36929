import { z } from 'zod'
import { flakyCaseSchema, quarantinedSchema } from './changes.ts'
import { comparisonSchema } from './comparison.ts'
import { cost, count, measuredMs, rate } from './figures.ts'
import { checkMeasuresSchema } from './measures.ts'
import { chancesSchema, withinSchema } from './within.ts'

const columnKey = { prompt: z.string(), provider: z.string() }
const outcomes = { passed: count, failed: count, errored: count }

export const cellsSchema = z.object({ ...outcomes, planned: count, finished: count, absent: count })

export const callsSchema = z.object({ made: count, replayed: count, retried: count })

const latencySchema = z.object({ p50: measuredMs, p95: measuredMs, n: count, trusted: z.boolean() })

const rates = {
  passRate: rate.nullable().describe('Passed over scored; null where none was scored'),
  interval: z.object({ lo: rate, hi: rate }).nullable().describe('Wilson bounds of the pass rate'),
  meanScore: z.number().nullable(),
  namedScores: z.record(z.string(), z.number()),
}

const firstTrySchema = z.object({ ...outcomes, ...rates })

const tokensSchema = z
  .object({
    input: z.number().describe('Without those read from the model’s own cache, or written to it'),
    output: z.number(),
    cacheRead: z.exactOptional(z.number()),
    cacheWrite: z.exactOptional(z.number()).describe('All that was written, whatever its time to live'),
    cacheWrite1h: z.exactOptional(z.number()).describe('Of cacheWrite: what is kept for an hour'),
    estimated: z
      .exactOptional(z.boolean())
      .describe('True where some counts are a tokenizer’s estimate: then so is the cost'),
    uncounted: z.exactOptional(count).describe('Replies that told no count: the sums are too low'),
  })
  .describe('Tokens in four additive classes')

const atLeastUsd = z.exactOptional(z.number()).describe('What is known of a cost that is "unknown"')

const spendSchema = z.object({
  calls: count.describe('Failed ones included'),
  tokens: tokensSchema,
  costUsd: cost,
  atLeastUsd,
})

/** The parts of a run's spend. */
export const spendingSchema = z
  .object({
    total: spendSchema,
    firstTries: z.exactOptional(spendSchema).describe('Models, before any feedback'),
    feedback: z.exactOptional(spendSchema).describe('Models, in the rounds after the first'),
    graders: z.exactOptional(spendSchema),
  })
  .describe('What the calls took that were made: a replayed one was paid for by another run')

const feedbackSchema = z.object({
  cells: count.describe('Cells with a second round at least'),
  helped: count.describe('Failed at first and passed at last'),
  hurt: count.describe('Scored lower at last than at first'),
  meanAttempts: z.number().nullable().describe('Rounds of a cell, the first included'),
  addedMs: z
    .object({ total: measuredMs, mean: measuredMs })
    .describe('Of the rounds after the first: in all, and per cell that had some'),
  addedUsd: cost,
  addedAtLeastUsd: atLeastUsd,
  addedTokens: z.exactOptional(tokensSchema),
})

export const columnSchema = z.object({
  ...columnKey,
  cases: count.describe('Cases with at least one scored trial'),
  repeats: count.describe('Repeats per case; the largest where they differ'),
  cells: count,
  ...outcomes,
  replayed: z
    .exactOptional(count)
    .describe('Cells whose first reply was replayed, out of a cassette or a cache: no latency counts them'),
  refused: z
    .exactOptional(count)
    .describe('Cells whose last reply was a refusal; absent on a record of before they were counted'),
  ...rates,
  measures: z
    .exactOptional(z.array(checkMeasuresSchema))
    .describe('Figures of checks that are no mean of scores'),
  firstTry: z
    .exactOptional(firstTrySchema)
    .describe('What the first replies came to, where feedback was given'),
  feedback: z
    .exactOptional(feedbackSchema)
    .describe('What rounds after the first changed, and what they took'),
  latencyMs: latencySchema,
  ttftMs: latencySchema,
  costUsd: cost,
  costPer1000Usd: cost,
  tokens: tokensSchema,
})

const caseSchema = z.object({
  caseId: z.string(),
  description: z.exactOptional(z.string()),
  source: z.object({ file: z.string(), line: z.number() }),
  failed: count,
  errored: count,
  scored: count,
  columns: z.array(z.object({ ...columnKey, failed: count, of: count })),
  reason: z.string(),
})

const tagSchema = z.object({
  tag: z.string(),
  columns: z.array(z.object({ ...columnKey, ...outcomes, failing: z.array(z.string()) })),
})

/** `analysis.json`. */
export const analysisSchema = z
  .object({
    v: z.literal(1),
    runId: z.string(),
    cells: cellsSchema,
    columns: z.array(columnSchema),
    worst: z.array(caseSchema).describe('Cases that did not pass everywhere, worst first'),
    spentUsd: cost,
    spending: z.exactOptional(spendingSchema),
    calls: callsSchema,
    unrecorded: z
      .exactOptional(count)
      .describe('Cells without a result because only recorded replies were wanted, and there is none'),
    errors: z.array(z.object({ message: z.string(), count })),
    tags: z.exactOptional(z.array(tagSchema)),
    comparison: z.exactOptional(comparisonSchema).describe('The run against its baseline'),
    within: z.exactOptional(withinSchema).describe('The columns against each other'),
    flaky: z.exactOptional(z.array(flakyCaseSchema)).describe('Cases whose repeats disagree'),
    chances: z.exactOptional(z.array(chancesSchema)),
    quarantined: z.exactOptional(z.array(quarantinedSchema)),
  })
  .describe('The figures of a run: analysis.json of a run folder')
