import { z } from 'zod'
import { evidenceSchema, markSchema } from './evidence.ts'

/** What became of one check on one reply. */
export const checkResultSchema = z.object({
  type: z.string(),
  metric: z.string().optional(),
  pass: z.boolean(),
  score: z.number().nullable().describe('Null when the check itself broke: unscored is not zero'),
  reason: z.string(),
  error: z.string().optional().describe('Why the check broke'),
  weight: z.number().optional(),
  evidence: evidenceSchema.optional(),
  marks: z.array(markSchema).optional(),
  asks: z.number().optional().describe('Questions to models that a custom check takes for one reply'),
  uncalibrated: z
    .literal(true)
    .optional()
    .describe('What a judge says that was not compared with people’s labels: shown, and counted nowhere'),
  get members() {
    return z.array(checkResultSchema).optional().describe('Members of an assert-set, in order')
  },
})
