import type { OpenAIProvider } from '@ai-sdk/openai'

/** The AI SDK's specification of a language model: what each of its providers makes. */
export type LanguageModel = ReturnType<OpenAIProvider['chat']>

/** What such a model is called with. */
export type CallOptions = Parameters<LanguageModel['doStream']>[0]

export type Message = CallOptions['prompt'][number]
export type FunctionTool = Extract<NonNullable<CallOptions['tools']>[number], { type: 'function' }>
export type ResponseFormat = NonNullable<CallOptions['responseFormat']>
export type ProviderOptions = NonNullable<CallOptions['providerOptions']>

type Streamed = Awaited<ReturnType<LanguageModel['doStream']>>

export type StreamPart = Streamed['stream'] extends ReadableStream<infer Part> ? Part : never
export type SdkWarning = Extract<StreamPart, { type: 'stream-start' }>['warnings'][number]
