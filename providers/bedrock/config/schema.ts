import { z } from 'zod'

/** A number, or the digits of one: what `{{env.X}}` leaves in a suite. */
const digits = z.preprocess(
  (value) => (typeof value === 'string' && /^-?\d*\.?\d+$/.test(value.trim()) ? Number(value) : value),
  z.number(),
)
const count = digits.pipe(z.int().min(1))
const fraction = digits.pipe(z.number().min(0).max(1))
const temperature = digits.pipe(z.number().min(0).max(2))
const text = z.string()
const name = z.string().min(1)
const stop = z.union([z.array(text), text], 'expected a text, or a list of texts')
const map = z.record(z.string(), z.unknown())
const ttl = z.enum(['5m', '1h'])

/** Part of a request that a cache point may stand after. */
const cachedPart = z.enum(['tools', 'system', 'messages'])
const cachePoint = z.strictObject({
  after: z.union([cachedPart, z.array(cachedPart)]).optional(),
  ttl: ttl.optional(),
})

const trace = z.union([
  z.boolean(),
  z.preprocess(
    (value) => (typeof value === 'string' ? value.toLowerCase() : value),
    z.enum(['enabled', 'disabled', 'enabled_full']),
  ),
])
const streamMode = z.enum(['sync', 'async'])
const guardrailVersion = z.preprocess((value) => (typeof value === 'number' ? String(value) : value), name)

const tier = z.enum(['default', 'standard', 'flex', 'priority', 'reserved'])
const latency = z.enum(['standard', 'optimized'])

/** What the vendors call the same few numbers, where they put them in an object of their own. */
const inference = z.strictObject({
  maxTokens: count.optional(),
  max_tokens: count.optional(),
  max_new_tokens: count.optional(),
  maxTokenCount: count.optional(),
  temperature: temperature.optional(),
  topP: fraction.optional(),
  top_p: fraction.optional(),
  topK: digits.optional(),
  top_k: digits.optional(),
  stopSequences: stop.optional(),
  stop_sequences: stop.optional(),
})

/** Every key of `config`, in our words and in promptfoo's. */
export const schema = z.strictObject({
  model: name.optional(),
  region: name.optional(),
  api: z.enum(['converse-stream', 'converse', 'invoke', 'invoke-stream']).optional(),
  streaming: z.boolean().optional(),
  stream: z.boolean().optional(),
  endpoint: z.url().optional(),
  inferenceModelType: name.optional(),

  profile: name.optional(),
  accessKeyId: name.optional(),
  secretAccessKey: name.optional(),
  sessionToken: name.optional(),
  apiKey: name.optional(),

  system: text.optional(),
  maxTokens: count.optional(),
  max_tokens: count.optional(),
  max_new_tokens: count.optional(),
  max_gen_len: count.optional(),
  max_completion_tokens: count.optional(),
  max_tokens_to_sample: count.optional(),
  temperature: temperature.optional(),
  topP: fraction.optional(),
  top_p: fraction.optional(),
  p: fraction.optional(),
  topK: digits.optional(),
  top_k: digits.optional(),
  k: digits.optional(),
  stopSequences: stop.optional(),
  stop_sequences: stop.optional(),
  stop: stop.optional(),
  inferenceConfig: inference.optional(),
  interfaceConfig: inference.optional(),
  textGenerationConfig: inference.optional(),

  tools: z.union([z.array(z.unknown()), text], 'expected a list of tools').optional(),
  toolChoice: z.union([text, map]).optional(),
  tool_choice: z.union([text, map]).optional(),
  toolConfig: z
    .strictObject({ tools: z.array(z.unknown()).optional(), toolChoice: map.optional() })
    .optional(),
  outputSchema: z.union([map, text], 'expected a JSON schema').optional(),
  responseFormat: map.optional(),
  response_format: map.optional(),
  outputConfig: z.strictObject({ textFormat: map.optional(), effort: name.optional() }).optional(),
  effort: name.optional(),

  cachePoint: z
    .union(
      [z.boolean(), ttl, cachePoint, z.array(cachePoint)],
      'expected true, 5m, 1h, or {after: tools, system or messages, ttl: 5m or 1h}',
    )
    .optional(),
  guardrail: z
    .union(
      [
        name,
        z.strictObject({
          id: name,
          version: guardrailVersion.optional(),
          trace: trace.optional(),
          streamMode: streamMode.optional(),
        }),
      ],
      'expected the id of a guardrail, or {id, version, trace, streamMode}',
    )
    .optional(),
  guardrailConfig: z
    .strictObject({
      guardrailIdentifier: name,
      guardrailVersion: guardrailVersion.optional(),
      trace: trace.optional(),
      streamProcessingMode: streamMode.optional(),
    })
    .optional(),
  guardrailIdentifier: name.optional(),
  guardrailVersion: guardrailVersion.optional(),
  trace: trace.optional(),
  serviceTier: z
    .union([tier, z.strictObject({ type: tier })], `expected one of ${tier.options.join(', ')}`)
    .optional(),
  service_tier: tier.optional(),
  latency: latency.optional(),
  performanceConfig: z.strictObject({ latency }).optional(),
  timeoutMs: count.optional(),

  thinking: map.optional(),
  reasoningConfig: map.optional(),
  reasoning_effort: name.optional(),
  showThinking: z.boolean().optional(),
  anthropic_version: name.optional(),
  anthropic_beta: z.array(name).optional(),
  additionalModelRequestFields: map.optional(),
  additionalModelResponseFieldPaths: z.array(name).optional(),
  requestMetadata: z.record(z.string(), z.string()).optional(),

  frequency_penalty: digits.optional(),
  presence_penalty: digits.optional(),
  seed: digits.optional(),
  logit_bias: map.optional(),
  num_generations: digits.optional(),
  return_likelihoods: name.optional(),
  truncate: name.optional(),
  documents: z.array(z.unknown()).optional(),
  preamble: text.optional(),
  prompt_truncation: name.optional(),
  search_queries_only: z.boolean().optional(),
  raw_prompting: z.boolean().optional(),
  return_prompt: z.boolean().optional(),
  tool_results: z.array(z.unknown()).optional(),
})

export type Config = z.infer<typeof schema>
