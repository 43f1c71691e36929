import { z } from 'zod'
import { cost, count, measuredMs, rate } from './figures.ts'

const columnKey = { prompt: z.string(), provider: z.string() }
const outcomes = { passed: count, failed: count, errored: count }

export const cellsSchema = z.object({ ...outcomes, planned: count, finished: count, absent: count })

export const callsSchema = z.object({ made: count, replayed: count, retried: count })

const latencySchema = z.object({ p50: measuredMs, p95: measuredMs, n: count, trusted: z.boolean() })

export const columnSchema = z.object({
  ...columnKey,
  cases: count.describe('Cases with at least one scored trial'),
  repeats: count.describe('Repeats per case; the largest where they differ'),
  cells: count,
  ...outcomes,
  passRate: rate.nullable().describe('Passed over scored; null where none was scored'),
  interval: z.object({ lo: rate, hi: rate }).nullable().describe('Wilson bounds of the pass rate'),
  meanScore: z.number().nullable(),
  namedScores: z.record(z.string(), z.number()),
  latencyMs: latencySchema,
  ttftMs: latencySchema,
  costUsd: cost,
  costPer1000Usd: cost,
  tokens: z.object({ input: z.number(), output: z.number() }),
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
    calls: callsSchema,
    errors: z.array(z.object({ message: z.string(), count })),
    tags: z.exactOptional(z.array(tagSchema)),
  })
  .describe('The figures of a run: analysis.json of a run folder')
