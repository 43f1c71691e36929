import { z } from 'zod'
import { INCOMPLETE_CAUSES } from '../../model/incomplete.ts'
import { count } from './figures.ts'

/** Why cells are missing, in manifest and summary. */
export const incompleteSchema = z.object({
  cause: z.enum(INCOMPLETE_CAUSES),
  account: z.string().optional().describe('The provider account, where one is to blame'),
  cells: count.describe('Planned cells without a result'),
  message: z.string().describe('One sentence, in the words of the provider where there are some'),
  columns: z
    .array(z.object({ prompt: z.string(), provider: z.string() }))
    .optional()
    .describe('The columns that lack cells for it'),
})
