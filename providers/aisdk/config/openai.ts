import { z } from 'zod'
import { OWN_KEYS, REASONING } from './own-keys.ts'
import { count, flag, fraction, integer, listOrFile, map, mapOrFile, name, penalty, stop } from './scalars.ts'

const OPENAI_WORDS = {
  max_tokens: count,
  max_completion_tokens: count,
  top_p: fraction,
  presence_penalty: penalty,
  frequency_penalty: penalty,
  stop,
  tool_choice: OWN_KEYS.toolChoice,
  functions: listOrFile,
  function_call: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
  response_format: mapOrFile,
  reasoning: z.union([REASONING, z.record(z.string(), z.unknown())]).optional(),
  reasoning_effort: name,
  logprobs: z.union([z.boolean(), z.int().min(0).max(20)]).optional(),
  top_logprobs: integer,
  verbosity: name,
  service_tier: name,
  user: name,
  metadata: map,
  store: flag,
  prompt_cache_key: name,
  prompt_cache_options: map,
  prompt_cache_retention: name,
  passthrough: map,
  apiBaseUrl: name,
  apiHost: name,
  apiKeyRequired: flag,
}

/** Chat completions, in our words and in those of promptfoo's `openai:chat:`. */
export const OPENAI = z.strictObject({
  ...OWN_KEYS,
  ...OPENAI_WORDS,
  organization: name,
  omitDefaults: flag,
  useDefaultApiKey: flag,
})

/** The same of any other server that speaks the protocol. */
export const OPENAI_COMPATIBLE = z.strictObject({ ...OWN_KEYS, ...OPENAI_WORDS })

/** Ollama's own names for what its OpenAI-compatible endpoint can be told. */
export const OLLAMA = z.strictObject({
  ...OWN_KEYS,
  num_predict: integer,
  top_p: fraction,
  presence_penalty: penalty,
  frequency_penalty: penalty,
  stop,
  reasoning: REASONING.optional(),
  think: z.union([z.literal(false), z.string().min(1)]).optional(),
  format: z.union([z.literal('json'), z.record(z.string(), z.unknown())]).optional(),
  passthrough: map,
})
