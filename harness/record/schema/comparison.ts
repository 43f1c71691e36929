import { z } from 'zod'
import { changeSchema, flipSchema, brokenCaseSchema, whySchema } from './changes.ts'
import { bounds, columnName, counts, difference, needsSchema } from './comparison-figures.ts'
import { count, isoTime, milliseconds, rate } from './figures.ts'

const armSchema = z.object({ mean: z.number(), interval: bounds })

const varianceSchema = z
  .object({
    withinBase: z.number().nullable(),
    withinCandidate: z.number().nullable(),
    paired: z.number().nullable(),
    ofDifferences: z.number(),
  })
  .describe("Squares of the metric's unit; null with one repeat")

const metricSchema = z
  .object({
    metric: z.string(),
    column: columnName,
    against: columnName,
    gates: z.boolean().describe('False for a column or metric that only informs'),
    cases: count.describe('Scored in both arms'),
    repeats: count.describe('Repeats of a case that are compared; the largest where cases differ'),
    units: count.describe('Clusters, or cases where no cluster is declared'),
    effectiveUnits: z.number().describe("Kish's effective number of units"),
    base: armSchema,
    candidate: armSchema,
    delta: z.number(),
    interval: bounds.describe('At 1 - alpha'),
    method: z.enum(['tango', 'bonett-price', 'e-process']),
    pWorse: rate,
    pBetter: rate,
    pWorseHolm: rate.describe('After Holm over all gating comparisons'),
    pBetterHolm: rate,
    counts,
    guard: z
      .object({ z: z.number(), crit: z.number(), lower: z.number() })
      .nullable()
      .describe('The bound for "no worse"; `lower` is the least difference not ruled out'),
    detectable: z.number().nullable().describe('Least drop seen with 80% power at this size'),
    needs: needsSchema,
    variance: varianceSchema,
  })
  .describe('One metric of one column against another; differences are candidate - baseline')

const uncomparedSchema = z.object({
  metric: z.string(),
  column: columnName,
  gates: z.boolean(),
  reason: z.string(),
})

const ratio = {
  column: columnName,
  against: columnName,
  gates: z.boolean(),
  cases: count,
  ratio: z.number().describe('exp of the mean log ratio per case, candidate / baseline'),
  interval: bounds,
  pAbove: rate,
  pBelow: rate,
  pAboveLimit: rate.nullable(),
  limit: z.number().nullable(),
}

const percentiles = z.object({ p50: milliseconds, p95: milliseconds })

const latencySchema = z.object({
  ...ratio,
  base: percentiles,
  candidate: percentiles,
  tail: z
    .object({
      thresholdMs: milliseconds,
      base: rate,
      candidate: rate,
      delta: z.number(),
      interval: bounds,
      pWorse: rate,
    })
    .nullable()
    .describe('Share of replies slower than the pooled p95; null where too few'),
})

const costSchema = z.object({
  ...ratio,
  base: z.number().describe('USD a case'),
  candidate: z.number().describe('USD a case'),
})

const sliceSchema = z.object({
  slice: z.string(),
  metric: z.string(),
  column: columnName,
  against: columnName,
  cases: count,
  delta: z.number(),
  interval: bounds,
  pWorse: rate,
  pAdjusted: rate.describe('After Benjamini-Hochberg over all slices'),
  counts,
})

const pairingSchema = z.object({
  sharedCases: count,
  onlyBase: count,
  onlyCandidate: count,
  changedCases: count.describe('Shared cases whose variables or checks are others now'),
  reverified: count.describe("Of those: the baseline's reply was checked again with the new ones"),
  notReverified: count.describe('Of those: left out, since no reply was on record'),
  columns: z.array(
    z.object({
      column: columnName,
      against: columnName,
      by: z.enum(['label', 'template', 'renamed', 'against']),
    }),
  ),
  unpaired: z.array(columnName),
})

const aboutSchema = z.object({
  name: z.string(),
  kind: z.enum(['baseline', 'run']),
  runId: z.string(),
  at: isoTime,
  by: z.exactOptional(z.string()),
  commit: z.exactOptional(z.string()),
  reason: z.exactOptional(z.string()),
  replies: z.boolean().describe('False where replies were left out: no output to compare'),
})

const driftSchema = z.object({
  column: columnName,
  metric: z.string(),
  model: difference.describe('Baseline run again - stored baseline'),
  change: difference.describe('Candidate - baseline run again'),
})

/** A run against its baseline. */
export const comparisonSchema = z.object({
  baseline: aboutSchema,
  pairing: pairingSchema,
  alpha: rate,
  margin: z.number().nullable().describe('The largest drop that still counts as "no worse"'),
  cluster: z.exactOptional(z.string()),
  looks: count,
  metrics: z.array(metricSchema),
  uncompared: z.array(uncomparedSchema),
  latency: z.array(latencySchema),
  cost: z.array(costSchema),
  errors: z
    .object({ base: rate, candidate: rate, column: z.exactOptional(columnName) })
    .describe('Share of errored cells per arm, in the gating column where they weigh most'),
  flips: z.array(flipSchema),
  flipCounts: z.object({ worse: count, better: count }),
  broken: z.array(brokenCaseSchema),
  slices: z.array(sliceSchema),
  changes: z.array(changeSchema),
  why: z.array(whySchema),
  drift: z.exactOptional(z.array(driftSchema)),
  sequential: z.exactOptional(
    z.object({
      stopped: z.boolean(),
      casesUsed: count,
      casesPlanned: count,
      callsSaved: count,
    }),
  ),
  warnings: z.array(z.string()),
})
