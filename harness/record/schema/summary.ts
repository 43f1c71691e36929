import { z } from 'zod'
import { callsSchema, cellsSchema, columnSchema, spendingSchema } from './analysis.ts'
import { comparisonSchema } from './comparison.ts'
import { cost, count, measuredMs, rate } from './figures.ts'
import { incompleteSchema } from './incomplete.ts'
import { decisionSchema, gateSchema } from './verdict.ts'

const intervalSchema = z.tuple([rate, rate]).nullable().describe('Wilson bounds of the pass rate')

const columnSummarySchema = columnSchema
  .pick({
    prompt: true,
    provider: true,
    cases: true,
    repeats: true,
    passRate: true,
    costUsd: true,
    costPer1000Usd: true,
    tokens: true,
    feedback: true,
  })
  .extend({
    interval: intervalSchema,
    firstTry: z
      .exactOptional(z.object({ passRate: rate.nullable(), interval: intervalSchema }))
      .describe('The pass rate of the first replies, where feedback was given'),
    latencyMs: z.object({ p50: measuredMs, p95: measuredMs }),
    ttftMs: measuredMs.describe('Median time to the first token, in milliseconds'),
  })

const { baseline: aboutSchema, metrics: metricsSchema, margin, flipCounts } = comparisonSchema.shape

const metricSummarySchema = metricsSchema.element
  .pick({
    metric: true,
    column: true,
    against: true,
    gates: true,
    cases: true,
    repeats: true,
    base: true,
    candidate: true,
    delta: true,
    interval: true,
    pWorse: true,
    pBetter: true,
    pWorseHolm: true,
    pBetterHolm: true,
  })
  .extend({
    decision: gateSchema.shape.comparison.describe('Absent for what only informs'),
    signal: gateSchema.shape.signal,
  })

const comparisonSummarySchema = z.object({
  baseline: aboutSchema.pick({ name: true, runId: true, at: true }),
  cases: count.describe('In both the run and the baseline'),
  repeats: count.describe('Repeats of a case that are compared; the largest where they differ'),
  margin,
  metrics: z.array(metricSummarySchema),
  flips: flipCounts,
  broken: count.describe('Cases that broke outright, and stayed broken when they were run again'),
})

/** What `--json` prints. */
export const summarySchema = z
  .object({
    v: z.literal(1),
    run: z.object({ id: z.string(), dir: z.string() }),
    decision: decisionSchema,
    exitCode: z.literal([0, 1, 3, 4, 130]),
    cells: cellsSchema,
    columns: z.array(columnSummarySchema),
    gates: z.array(gateSchema),
    inconclusive: z
      .exactOptional(z.boolean())
      .describe('True when a comparison that gates is inconclusive: --strict fails it'),
    comparison: z.exactOptional(comparisonSummarySchema).describe('The run against its baseline'),
    calls: callsSchema,
    spentUsd: cost,
    spending: z.exactOptional(spendingSchema),
    incomplete: z
      .exactOptional(
        incompleteSchema.extend({
          resume: z.exactOptional(z.string()).describe('The command that finishes the run'),
          others: z.exactOptional(z.array(incompleteSchema)).describe('Lesser causes'),
        }),
      )
      .describe('Why planned cells are missing, the cause of most of them: what was finished is on record'),
    notices: z.exactOptional(z.array(z.string())).describe('What a reader of the figures must be told'),
  })
  .describe('The outcome of a run for a machine: what --json prints')
