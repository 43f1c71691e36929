import { z } from 'zod'
import { count, rate } from './figures.ts'

/** A column by its two keys. */
export const columnName = z.object({ prompt: z.string(), provider: z.string() })

/** Lower and upper bound. */
export const bounds = z.tuple([z.number(), z.number()])

export const counts = z
  .object({ worse: count, equal: count, better: count })
  .describe('Cases whose mean fell, stayed, rose')

export const passCount = z.object({ passed: count, of: count })

export const needsSchema = z
  .object({
    drop: z.number(),
    options: z.array(z.object({ cases: count, repeats: count })),
  })
  .nullable()
  .describe('What it would take to see a drop of `drop` with 80% power')

export const difference = z.object({ delta: z.number(), interval: bounds, pWorse: rate })
