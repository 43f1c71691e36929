import { messages } from './anthropic/messages.ts'
import { converse, converseStream } from './bedrock/converse.ts'
import { invoke, invokeStream } from './bedrock/invoke.ts'
import { generate, streamGenerate } from './gemini/generate.ts'
import { chat } from './openai/chat.ts'
import type { Endpoint } from './protocol.ts'

/** A call of a vendor's, and the model its path names. */
export interface Route {
  readonly endpoint: Endpoint
  readonly model?: string | undefined
}

const BY_MODEL: Readonly<Record<string, Endpoint>> = {
  converse,
  'converse-stream': converseStream,
  invoke,
  'invoke-with-response-stream': invokeStream,
  generateContent: generate,
  streamGenerateContent: streamGenerate,
}
const BEDROCK_PATH = /^\/model\/([^/]+)\/(converse(?:-stream)?|invoke(?:-with-response-stream)?)$/
const GEMINI_PATH = /^(?:\/v1(?:beta|alpha)?)?\/models\/([^/:]+):(generateContent|streamGenerateContent)$/

/** The version in the path is left away by clients whose base URL is to have it. */
const OPENAI_PATH = /^(?:\/v1)?\/chat\/completions$/
const ANTHROPIC_PATH = /^(?:\/v1)?\/messages$/

/** Which call a path is; undefined where it is none. @param path without its query */
export function routeOf(path: string): Route | undefined {
  const [, model, call = ''] = BEDROCK_PATH.exec(path) ?? GEMINI_PATH.exec(path) ?? []
  if (model !== undefined) {
    const endpoint = BY_MODEL[call]
    return endpoint && { endpoint, model: decoded(model) }
  }
  if (OPENAI_PATH.test(path)) return { endpoint: chat }
  return ANTHROPIC_PATH.test(path) ? { endpoint: messages } : undefined
}

/** What is no percent-encoding stands for itself. */
function decoded(model: string): string {
  try {
    return decodeURIComponent(model)
  } catch {
    return model
  }
}
