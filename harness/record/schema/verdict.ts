import { z } from 'zod'

export const decisionSchema = z.enum(['pass', 'warn', 'block', 'invalid', 'no_baseline'])

export const gateSchema = z.object({
  name: z.string(),
  column: z.string(),
  metric: z.string(),
  result: z.enum(['pass', 'warn', 'fail', 'not_measured']),
  threshold: z.union([z.number(), z.string()]),
  observed: z.number().nullable(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
})

/** `verdict.json`. */
export const verdictSchema = z
  .object({
    v: z.literal(1),
    decision: decisionSchema,
    exitCode: z.literal([0, 1, 3, 4]),
    gates: z.array(gateSchema),
    reasons: z.array(z.string()).describe('Sentences, the most important first'),
  })
  .describe('What a run comes to: verdict.json of a run folder')
