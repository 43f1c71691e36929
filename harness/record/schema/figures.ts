import { z } from 'zod'

/** Milliseconds on a monotonic clock. */
export const milliseconds = z.number().describe('Milliseconds')

/** Null where nothing was measured. */
export const measuredMs = milliseconds.nullable()

export const cost = z
  .union([z.number(), z.literal('unknown')])
  .describe('USD, or "unknown" where no price is known: never 0 for want of a price')

export const rate = z.number().min(0).max(1)

export const count = z.int().nonnegative()

export const isoTime = z.iso.datetime()

export const sourceLocation = z
  .object({ file: z.string(), line: z.number(), column: z.number().optional() })
  .describe('A place in a file; line and column count from 1')
