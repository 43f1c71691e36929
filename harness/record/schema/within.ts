import { z } from 'zod'
import { bounds, columnName } from './comparison-figures.ts'
import { count, rate } from './figures.ts'

/** The columns of one run against each other. */
export const withinSchema = z.object({
  pairs: z.array(
    z.object({
      metric: z.string(),
      a: columnName,
      b: columnName,
      cases: count,
      delta: z.number().describe('b - a'),
      interval: bounds,
      pHolm: rate.describe('Two-sided, after Holm over the pairs of the metric'),
    }),
  ),
  rankings: z
    .array(
      z.object({
        metric: z.string(),
        columns: z.array(columnName.extend({ mean: z.number(), groups: z.array(z.number()) })),
      }),
    )
    .describe('Best first; neighbours in one group are not told apart'),
})

/** Chances over the repeats of a case, averaged over the cases of a column. */
export const chancesSchema = z.object({
  column: columnName,
  k: count,
  passAtK: rate.describe('At least one of k passes'),
  passHatK: rate.describe('All of k pass'),
})
