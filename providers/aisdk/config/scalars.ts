import { z } from 'zod'

/** A number, or the digits of one: what `{{env.X}}` leaves in a suite. */
const digits = z.preprocess(
  (value) => (typeof value === 'string' && /^-?\d*\.?\d+$/.test(value.trim()) ? Number(value) : value),
  z.number(),
)

export const count = digits.pipe(z.int().min(1)).optional()
export const integer = digits.pipe(z.int()).optional()
export const temperature = digits.pipe(z.number().min(0).max(2)).optional()
export const fraction = digits.pipe(z.number().min(0).max(1)).optional()
export const penalty = digits.pipe(z.number().min(-2).max(2)).optional()
export const name = z.string().min(1).optional()
export const text = z.string().optional()
export const flag = z.boolean().optional()
export const map = z.record(z.string(), z.unknown()).optional()
export const stop = z.union([z.array(z.string()), z.string().transform((word) => [word])]).optional()

/** What may also be said as the name of a file. */
export const mapOrFile = z.union([z.record(z.string(), z.unknown()), z.string()]).optional()
export const listOrFile = z.union([z.array(z.unknown()), z.string()]).optional()
