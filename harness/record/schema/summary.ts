import { z } from 'zod'
import { callsSchema, cellsSchema, columnSchema } from './analysis.ts'
import { cost, measuredMs, rate } from './figures.ts'
import { decisionSchema, gateSchema } from './verdict.ts'

const columnSummarySchema = columnSchema
  .pick({
    prompt: true,
    provider: true,
    cases: true,
    repeats: true,
    passRate: true,
    costUsd: true,
    costPer1000Usd: true,
  })
  .extend({
    interval: z.tuple([rate, rate]).nullable().describe('Wilson bounds of the pass rate'),
    latencyMs: z.object({ p50: measuredMs, p95: measuredMs }),
    ttftMs: measuredMs.describe('Median time to the first token, in milliseconds'),
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
    calls: callsSchema,
    spentUsd: cost,
    incomplete: z
      .exactOptional(z.literal(true))
      .describe('Planned cells are missing, or the run was interrupted: what was finished is on record'),
    notices: z.exactOptional(z.array(z.string())).describe('What a reader of the figures must be told'),
  })
  .describe('The outcome of a run for a machine: what --json prints')
