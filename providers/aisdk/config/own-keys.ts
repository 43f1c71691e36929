import { z } from 'zod'
import { VENDORS } from '../vendor.ts'
import {
  count,
  flag,
  fraction,
  integer,
  listOrFile,
  map,
  mapOrFile,
  name,
  penalty,
  stop,
  temperature,
  text,
} from './scalars.ts'

const ttl = z.enum(['5m', '1h'])
const cachedPart = z.enum(['tools', 'system', 'messages'])
const mark = z.strictObject({
  after: z.union([cachedPart, z.array(cachedPart)]).optional(),
  ttl: ttl.optional(),
})

/** Our own keys, which mean the same for every vendor: the AI SDK puts them into the vendor's words. */
export const OWN_KEYS = {
  vendor: z.enum(VENDORS).optional(),
  model: name,
  /** Who bills it and as what, where that is not the vendor: `openai/gpt-4o`. */
  billing: z
    .string()
    .regex(/^[^/]+\/.+$/s, 'expected `vendor/model`')
    .optional(),
  baseUrl: name,
  apiKey: name,
  apiKeyEnvar: name,
  headers: z.record(z.string(), z.string()).optional(),
  timeoutMs: count,
  stream: flag,
  system: text,
  maxTokens: count,
  temperature,
  topP: fraction,
  topK: integer,
  stopSequences: stop,
  seed: integer,
  presencePenalty: penalty,
  frequencyPenalty: penalty,
  tools: listOrFile,
  toolChoice: z.union([z.string(), z.record(z.string(), z.unknown())]).optional(),
  outputSchema: mapOrFile,
  responseFormat: z.union([z.enum(['text', 'json']), z.record(z.string(), z.unknown())]).optional(),
  showThinking: flag,
  /** What the AI SDK's provider is told beside, in its own words. */
  providerOptions: map,
}

/** How much a model is to think before it answers, in words that every vendor has a number for. */
export const REASONING = z.enum([
  'provider-default',
  'none',
  'minimal',
  'low',
  'medium',
  'high',
  'xhigh',
  'max',
])

export const CACHE_POINT = z.union([z.boolean(), ttl, mark, z.array(mark)]).optional()

export const OWN_KEYS_SCHEMA = z.strictObject(OWN_KEYS)
