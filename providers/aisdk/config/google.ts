import { z } from 'zod'
import { COMMON, REASONING } from './common.ts'
import { count, map, mapOrFile, name } from './scalars.ts'

const safetySetting = z.looseObject({ category: z.string(), threshold: name, probability: name })

/** Gemini's generateContent, in our words and in those of promptfoo's `google:`. */
export const GOOGLE = z.strictObject({
  ...COMMON,
  maxOutputTokens: count,
  generationConfig: map,
  safetySettings: z.array(safetySetting).optional(),
  systemInstruction: mapOrFile,
  responseSchema: mapOrFile,
  reasoning: REASONING.optional(),
  thinking: map,
  tool_choice: COMMON.toolChoice,
  toolConfig: map,
  tool_config: map,
  service_tier: name,
  passthrough: map,
  apiBaseUrl: name,
  apiHost: name,
  apiVersion: name,
})
