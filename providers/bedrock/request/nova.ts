import type { Settings } from '../config/settings.ts'
import type { ModelName } from '../model/model-name.ts'
import { converseRequest, inferenceOf } from './converse.ts'
import type { Marked } from './marked.ts'
import { Refused } from './refused.ts'

/** The body of InvokeModel for Amazon's Nova: that of Converse, but for bytes, which are base64. @throws Refused */
export function novaBody(name: ModelName, marked: Marked, settings: Settings): Record<string, unknown> {
  const { topK, additional, ...known } = settings
  const { messages, system, toolConfig, outputConfig } = converseRequest(name, marked, known, false)
  if (outputConfig) throw new Refused('Nova takes no output schema and no effort by InvokeModel')
  const inferenceConfig = { ...inferenceOf(known), ...(topK !== undefined && { topK }) }
  const body = {
    schemaVersion: 'messages-v1',
    messages,
    ...(system && { system }),
    ...(Object.keys(inferenceConfig).length > 0 && { inferenceConfig }),
    ...(toolConfig && { toolConfig }),
    ...additional,
  }
  return withBase64(body) as Record<string, unknown>
}

function withBase64(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (Array.isArray(value)) return value.map(withBase64)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withBase64(member)]))
}
