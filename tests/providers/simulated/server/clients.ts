import { createAnthropic } from '@ai-sdk/anthropic'
import { createGoogle } from '@ai-sdk/google'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime'
import { NodeHttpHandler } from '@smithy/node-http-handler'
import type { LanguageModel } from 'ai'

/** The vendors' own clients, on a server on loopback. They never try again by themselves. */
export function bedrockClient(endpoint: string, bearer?: string): BedrockRuntimeClient {
  return new BedrockRuntimeClient({
    region: 'us-east-1',
    endpoint,
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler(),
    ...(bearer === undefined
      ? { credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'none' } }
      : { token: { token: bearer }, authSchemePreference: ['httpBearerAuth'] }),
  })
}

export const AI_SDK: Readonly<Record<string, (url: string, model?: string) => LanguageModel>> = {
  google: (url, model = 'gemini-2.5-flash') =>
    createGoogle({ baseURL: `${url}/v1beta`, apiKey: 'none' })(model),
  openai: (url, model = 'gpt-4o-mini') => createOpenAI({ baseURL: `${url}/v1`, apiKey: 'none' }).chat(model),
  anthropic: (url, model = 'claude-haiku-4-5') =>
    createAnthropic({ baseURL: `${url}/v1`, apiKey: 'none' })(model),
  compatible: (url, model = 'qwen2.5:0.5b') =>
    createOpenAICompatible({
      name: 'ollama',
      baseURL: `${url}/v1`,
      includeUsage: true,
      supportsStructuredOutputs: true,
    })(model),
}

/** A prompt that the simulated models answer with one word. */
export const PROMPT =
  'Answer with one of: positive, negative, neutral, mixed. Answer with the label only.\n\nText: I love it, thank you\nSentiment:'

export const WEATHER = {
  name: 'get_weather',
  description: 'Current weather in a city',
  schema: {
    type: 'object',
    properties: { city: { type: 'string', description: 'Name of the city' } },
    required: ['city'],
  },
} as const

export const ASKS_WEATHER = 'What is the weather in Lisbon now?'
