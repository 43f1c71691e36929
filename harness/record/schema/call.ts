import { z } from 'zod'
import { attemptSchema } from './attempt.ts'
import { count } from './figures.ts'

/** A line of `trials.jsonl` of `kind: "call"`. */
export const callSchema = z
  .object({
    v: z.literal(1),
    kind: z.literal('call'),
    cellId: z.string(),
    role: z.enum(['model', 'grader']),
    attempt: count.describe('From 0'),
    result: attemptSchema,
  })
  .describe('One finished call to a model or a grader: a line of trials.jsonl')
