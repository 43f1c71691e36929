import { z } from 'zod'
import { count, isoTime } from './figures.ts'

/** That `assay scrub` took secrets out, in manifest and baseline. */
export const scrubbingSchema = z.object({
  at: isoTime,
  rules: z.array(z.string()).describe('Names of the rules that had hits: what stands in the marks'),
  hits: count,
})
