import { z } from 'zod'
import { attemptSchema } from './attempt.ts'
import { count } from './figures.ts'

/** A line of `trials.jsonl` of `kind: "call"`. */
export const callSchema = z
  .object({
    v: z.literal(1),
    kind: z.literal('call'),
    cellId: z.string(),
    varsHash: z.string().optional().describe('That of its cell'),
    role: z.enum(['model', 'grader']),
    attempt: count.describe('Round of feedback, from 0'),
    retry: z.number().optional().describe('Transport try within the round; absent for the first, 0'),
    key: z.string().optional().describe('Key of the request in cassette and cache'),
    replayed: z.boolean().optional().describe('True when no call was made now'),
    result: attemptSchema,
  })
  .describe('One finished call to a model or a grader: a line of trials.jsonl')
