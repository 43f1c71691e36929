import { z } from 'zod'
import { count } from './figures.ts'

const unit = z.enum(['share', 'points', 'score', 'count', 'usd'])

/** Figures of one check in one column that are no mean of scores. */
export const checkMeasuresSchema = z.object({
  check: z.string().describe('The check’s metric, else the kind of its evidence'),
  measures: z.array(
    z.object({
      name: z.string().describe('What a gate calls it, after the name of its check and a dot'),
      label: z.string(),
      value: z.number().nullable(),
      interval: z
        .object({ lo: z.number(), hi: z.number() })
        .nullable()
        .describe('95 %, by cases; null where there are too few'),
      n: z.object({ count, of: z.string() }),
      unit,
      better: z.exactOptional(z.enum(['higher', 'lower'])),
    }),
  ),
  tables: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      heads: z.array(z.string()).describe('The first one heads the rows'),
      rows: z.array(z.object({ head: z.string(), cells: z.array(z.number().nullable()) })),
      unit,
    }),
  ),
})
