import { z } from 'zod'

/** What became of one check on one reply. */
export const checkResultSchema = z.object({
  type: z.string(),
  metric: z.string().optional(),
  pass: z.boolean(),
  score: z.number().nullable().describe('Null when the check itself broke: unscored is not zero'),
  reason: z.string(),
  error: z.string().optional().describe('Why the check broke'),
  weight: z.number().optional(),
  get members() {
    return z.array(checkResultSchema).optional().describe('Members of an assert-set, in order')
  },
})
