import { z } from 'zod'
import { needsSchema } from './comparison-figures.ts'

export const decisionSchema = z.enum(['pass', 'warn', 'block', 'invalid', 'no_baseline'])

export const gateSchema = z.object({
  name: z.string(),
  column: z.string(),
  metric: z.string(),
  result: z.enum(['pass', 'warn', 'fail', 'not_measured']),
  threshold: z.union([z.number(), z.string()]),
  observed: z.number().nullable(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
  figure: z
    .exactOptional(z.enum(['difference', 'ratio', 'count', 'share']))
    .describe('How threshold, observed and interval are to be read: of the candidate to the baseline'),
  comparison: z
    .exactOptional(z.enum(['improved', 'no_worse', 'regression', 'inconclusive']))
    .describe('What a comparison with the baseline came to'),
  signal: z.exactOptional(z.enum(['leaning_worse', 'no_signal'])).describe('Of an inconclusive one'),
  detectable: z
    .exactOptional(z.number().nullable())
    .describe('Of a difference: the least drop that would be seen with 80% power'),
  needs: z.exactOptional(needsSchema),
})

/** `verdict.json`. */
export const verdictSchema = z
  .object({
    v: z.literal(1),
    decision: decisionSchema,
    exitCode: z.literal([0, 1, 3, 4]),
    gates: z.array(gateSchema),
    inconclusive: z
      .exactOptional(z.boolean())
      .describe('True when a comparison that gates is inconclusive: --strict fails it'),
    reasons: z.array(z.string()).describe('Sentences, the most important first'),
  })
  .describe('What a run comes to: verdict.json of a run folder')
