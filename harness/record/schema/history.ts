import { z } from 'zod'
import { cost, count, isoTime, measuredMs, rate } from './figures.ts'
import { verdictSchema } from './verdict.ts'

const columnSchema = z.object({
  prompt: z.string(),
  provider: z.string(),
  hash: z
    .string()
    .describe('Of the prompt and the provider’s config: another one is another column under the same name'),
  scored: count,
  replayed: count.describe('Cells whose reply was not made in this run'),
  quality: rate.nullable().describe('Pass rate'),
  interval: z.object({ lo: rate, hi: rate }).nullable(),
  latency: measuredMs.describe('Median of fresh replies, in milliseconds'),
  cost: z.number().nullable().describe('USD a cell'),
  refusal: rate.nullable().describe('Share of cells that were refused'),
  length: z.number().nullable().describe('Mean output tokens of a scored cell'),
})

const entrySchema = z.object({
  id: z.string(),
  dir: z.string().describe('The run’s folder, beside this file'),
  at: isoTime,
  decision: verdictSchema.shape.decision,
  exitCode: verdictSchema.shape.exitCode,
  suiteHash: z.string(),
  commit: z.exactOptional(z.string()),
  branch: z.exactOptional(z.string()),
  isWhole: z.boolean().describe('False for a run that no trend goes by'),
  cells: z.object({ planned: count, passed: count, failed: count, errored: count, absent: count }),
  spentUsd: cost,
  columns: z.array(columnSchema),
})

const stampSchema = z.object({ size: count, mtimeMs: z.number() })

/** `runs/<suite>/history.json`. */
export const historyIndexSchema = z
  .object({
    v: z.literal(1),
    suite: z.string(),
    runs: z.array(
      z.object({
        entry: entrySchema,
        analysis: stampSchema.describe('Of analysis.json when it was read: another one is read again'),
        verdict: stampSchema.describe('Of verdict.json'),
      }),
    ),
  })
  .describe('What is known of a suite’s runs: made of their folders, and made again when it is deleted')
