import { z } from 'zod'
import { CACHE_POINT, OWN_KEYS, REASONING } from './own-keys.ts'
import { count, fraction, integer, map, mapOrFile, name, stop } from './scalars.ts'

const thinking = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('enabled'), budget_tokens: count, display: name }),
  z.strictObject({
    type: z.literal('adaptive'),
    display: z.enum(['omitted', 'summarized', 'updates']).optional(),
  }),
  z.strictObject({ type: z.literal('disabled') }),
])

/** The messages API, in our words and in those of promptfoo's `anthropic:messages:`. */
export const ANTHROPIC = z.strictObject({
  ...OWN_KEYS,
  max_tokens: count,
  top_p: fraction,
  top_k: integer,
  stop_sequences: stop,
  tool_choice: OWN_KEYS.toolChoice,
  reasoning: REASONING.optional(),
  thinking: thinking.optional(),
  effort: name,
  output_format: mapOrFile,
  cachePoint: CACHE_POINT,
  cache_control: map,
  service_tier: name,
  metadata: map,
  beta: z.array(z.string().min(1)).optional(),
  extra_body: map,
  apiBaseUrl: name,
})
