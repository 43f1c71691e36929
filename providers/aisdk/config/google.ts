import { z } from 'zod'
import { OWN_KEYS, REASONING } from './own-keys.ts'
import { count, map, mapOrFile, name } from './scalars.ts'

const safetySetting = z.looseObject({ category: z.string(), threshold: name, probability: name })

/** Gemini's generateContent, in our words and in those of promptfoo's `google:`. */
export const GOOGLE = z.strictObject({
  ...OWN_KEYS,
  maxOutputTokens: count,
  generationConfig: map,
  safetySettings: z.array(safetySetting).optional(),
  systemInstruction: mapOrFile,
  responseSchema: mapOrFile,
  reasoning: REASONING.optional(),
  thinking: map,
  tool_choice: OWN_KEYS.toolChoice,
  toolConfig: map,
  tool_config: map,
  service_tier: name,
  passthrough: map,
  apiBaseUrl: name,
  apiHost: name,
  apiVersion: name,
})
