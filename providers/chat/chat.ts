/** A prompt as every chat protocol can be told it: what was said, by whom, and with what beside text. */
export interface Chat {
  /** System prompts, in order: text and cache points. */
  readonly system: readonly (TextPart | CachePoint)[]
  /** User and assistant in turn as they were written; neighbours of one role are not yet joined. */
  readonly turns: readonly Turn[]
}

export interface Turn {
  readonly role: 'user' | 'assistant'
  readonly parts: readonly Part[]
}

export type Part = TextPart | ImagePart | DocumentPart | ToolCall | ToolResult | CachePoint

export interface TextPart {
  readonly kind: 'text'
  readonly text: string
  /** Bedrock: what a guardrail is to look at, where it is not to look at everything. */
  readonly guarded?: boolean | undefined
}

/** By its bytes, or by a URL for protocols that fetch it themselves. */
export interface ImagePart {
  readonly kind: 'image'
  /** `image/png`, `image/jpeg`… */
  readonly mediaType: string
  readonly data?: Uint8Array | undefined
  readonly url?: string | undefined
}

export interface DocumentPart {
  readonly kind: 'document'
  readonly mediaType: string
  readonly name: string
  readonly data: Uint8Array
}

/** A tool the model asked for. */
export interface ToolCall {
  readonly kind: 'tool-call'
  readonly id: string
  readonly name: string
  readonly input: unknown
}

/** What a tool answered. */
export interface ToolResult {
  readonly kind: 'tool-result'
  readonly id: string
  readonly name?: string | undefined
  readonly output: readonly (TextPart | ImagePart)[]
  readonly isError?: boolean | undefined
}

/** Up to here the prompt is to be kept in the model's prompt cache. */
export interface CachePoint {
  readonly kind: 'cache-point'
  readonly ttl?: '5m' | '1h' | undefined
}
