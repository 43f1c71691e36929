import { z } from 'zod'
import { count, rate } from './figures.ts'

const interval = z.object({ lo: z.number(), hi: z.number() }).nullable().describe('95 %')
const figure = z.object({ value: z.number().nullable(), interval })

/** What a judge was found to be worth, as a file beside the suite holds it. */
export const calibrationSchema = z.object({
  v: z.literal(1),
  metric: z.string().describe('Of the check that judges'),
  hash: z.string().describe('sha256 of models, rubric, prompt and panel rule'),
  parts: z
    .exactOptional(
      z.object({
        models: z.array(z.object({ name: z.string(), code: z.string(), config: z.string() })),
        others: z.record(z.string(), z.string()),
      }),
    )
    .describe('Digests of what the hash is of'),
  graders: z.array(z.string()),
  scale: z.array(z.string()).min(2).describe('Labels, worst first'),
  n: count.describe('Rows that people and judge both labelled'),
  missing: count.describe('Rows on which the judge gave no verdict'),
  agreement: z.object({
    exact: figure,
    kappa: figure.extend({ weights: z.enum(['none', 'quadratic']) }).describe('Cohen’s kappa'),
    alpha: figure.extend({ measurement: z.enum(['nominal', 'ordinal']) }).describe('Krippendorff’s alpha'),
    bias: figure.describe('Mean of the judge’s label minus the people’s, in steps of the scale'),
    recall: z.array(z.object({ label: z.string(), rows: count, value: rate.nullable(), interval })),
    confusion: z.array(z.array(count)).describe('Rows by people’s label, columns by the judge’s'),
  }),
  labels: z.object({ file: z.string(), sha256: z.string() }),
  at: z.string(),
})
