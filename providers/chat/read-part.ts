import { jsonOrText } from '../shared/json-or-text.ts'
import type { CachePoint, ImagePart, Part, TextPart, ToolResult } from './chat.ts'
import { documentOf, imageOf } from './media.ts'

export type Block = Readonly<Record<string, unknown>>

export function isBlock(value: unknown): value is Block {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function textPart(text: string): TextPart {
  return { kind: 'text', text: text.toWellFormed() }
}

/**
 * One piece of a message's content, in the words of OpenAI, Anthropic, Bedrock's Converse or Gemini. A piece that none of them
 * knows is told as the JSON it is: the model may make sense of it, and nothing of the prompt is lost.
 */
export function partsOf(piece: unknown): readonly Part[] {
  if (typeof piece === 'string') return [textPart(piece)]
  if (!isBlock(piece)) return [textPart(JSON.stringify(piece))]
  const part = readPart(piece) ?? textPart(JSON.stringify(piece))
  const cached = isBlock(piece['cache_control']) ? [cachePointOf(piece['cache_control'])] : []
  return isHidden(piece) ? [] : [part, ...cached]
}

/** Thoughts of an earlier turn: no protocol takes them from another. */
function isHidden({ type, thought, reasoningContent }: Block): boolean {
  if (thought === true || reasoningContent !== undefined) return true
  return type === 'thinking' || type === 'redacted_thinking' || type === 'reasoning'
}

function readPart(block: Block): Part | undefined {
  const { type } = block
  if (typeof block['text'] === 'string') return textPart(block['text'])
  if (type === 'refusal' && typeof block['refusal'] === 'string') return textPart(block['refusal'])
  return imageIn(block) ?? documentIn(block) ?? toolCallIn(block) ?? toolResultIn(block) ?? markIn(block)
}

function imageIn(block: Block): ImagePart | undefined {
  const { type, image_url: url } = block
  if (type === 'image_url' || type === 'input_image' || url !== undefined) {
    return imageOf(isBlock(url) ? url['url'] : (url ?? block['url']))
  }
  if (typeof block['image'] === 'string') return imageOf(block['image'], stringIn(block, 'mediaType'))
  const inline = geminiData(block)
  if (inline !== undefined) {
    return inline.mediaType?.startsWith('image/') === true
      ? imageOf(inline.source, inline.mediaType)
      : undefined
  }
  const image = isBlock(block['image']) ? block['image'] : type === 'image' ? block : undefined
  const source = image && sourceOf(image)
  return source && imageOf(source.source, source.mediaType)
}

function documentIn(block: Block): Part | undefined {
  const inline = geminiData(block)
  if (inline !== undefined) return documentOf(inline.source, stringIn(block, 'displayName'), inline.mediaType)
  const file = block['type'] === 'file' && isBlock(block['file']) ? block['file'] : block
  if (file['file_data'] !== undefined) return documentOf(file['file_data'], stringIn(file, 'filename'))
  const inner = block['document']
  const document = isBlock(inner) ? inner : block['type'] === 'document' ? block : undefined
  if (document === undefined) return undefined
  const name = stringIn(document, 'name') ?? stringIn(document, 'title')
  const { source } = document
  if (isBlock(source) && source['type'] === 'text') {
    return documentOf(Buffer.from(String(source['data'])), name, stringIn(source, 'media_type'))
  }
  const found = sourceOf(document)
  return found && documentOf(found.source, name, found.mediaType)
}

/** Of `{format, source: {bytes}}` and `{source: {media_type, data}}`, of an address in S3 or on the web. */
function sourceOf(holder: Block): { source: unknown; mediaType: string | undefined } | undefined {
  const { source } = holder
  if (!isBlock(source)) return undefined
  const s3 = isBlock(source['s3Location']) ? source['s3Location']['uri'] : undefined
  return {
    source: source['bytes'] ?? source['data'] ?? source['url'] ?? s3,
    mediaType: stringIn(holder, 'format') ?? stringIn(source, 'media_type'),
  }
}

function geminiData(block: Block): { source: unknown; mediaType: string | undefined } | undefined {
  const data = block['inlineData'] ?? block['inline_data'] ?? block['fileData'] ?? block['file_data']
  if (!isBlock(data)) return undefined
  return {
    source: data['data'] ?? data['fileUri'] ?? data['file_uri'],
    mediaType: stringIn(data, 'mimeType') ?? stringIn(data, 'mime_type'),
  }
}

function toolCallIn(block: Block): Part | undefined {
  const gemini = block['functionCall'] ?? block['function_call']
  if (isBlock(gemini)) return toolCall(gemini['id'] ?? gemini['name'], gemini['name'], gemini['args'])
  const inner = block['toolUse']
  const call = isBlock(inner) ? inner : block['type'] === 'tool_use' ? block : undefined
  return call && toolCall(call['toolUseId'] ?? call['id'], call['name'], call['input'])
}

/** @param input an object, or the JSON of one: OpenAI's way */
export function toolCall(id: unknown, name: unknown, input: unknown): Part {
  return {
    kind: 'tool-call',
    id: wordOf(id),
    name: wordOf(name),
    input: (typeof input === 'string' ? jsonOrText(input) : input) ?? {},
  }
}

function toolResultIn(block: Block): ToolResult | undefined {
  const gemini = block['functionResponse'] ?? block['function_response']
  if (isBlock(gemini)) {
    const { id, name, response } = gemini
    return toolResult(id ?? name, JSON.stringify(response ?? {}), { name: wordOf(name) })
  }
  const inner = block['toolResult']
  const result = isBlock(inner) ? inner : block['type'] === 'tool_result' ? block : undefined
  return (
    result &&
    toolResult(result['toolUseId'] ?? result['tool_use_id'], result['content'], {
      isError: result['is_error'] === true || result['status'] === 'error',
    })
  )
}

/** @param content a text, or a list of texts, images and Bedrock's `{json}` */
export function toolResult(
  id: unknown,
  content: unknown,
  more: { name?: string; isError?: boolean } = {},
): ToolResult {
  const pieces: readonly unknown[] = Array.isArray(content) ? content : [content ?? '']
  const output = pieces.flatMap((piece) => {
    if (isBlock(piece) && 'json' in piece) return [textPart(JSON.stringify(piece['json']))]
    return partsOf(piece).filter((part) => part.kind === 'text' || part.kind === 'image')
  })
  return {
    kind: 'tool-result',
    id: wordOf(id),
    ...(more.name !== undefined && { name: more.name }),
    output,
    ...(more.isError === true && { isError: true }),
  }
}

/** Bedrock's marks within a text: cache points, and what a guardrail is to look at. */
function markIn(block: Block): TextPart | CachePoint | undefined {
  if (isBlock(block['cachePoint'])) return cachePointOf(block['cachePoint'])
  const { guardContent } = block
  const text = isBlock(guardContent) && isBlock(guardContent['text']) ? guardContent['text'] : undefined
  return text && { ...textPart(String(text['text'])), guarded: true }
}

function cachePointOf({ ttl }: Block): CachePoint {
  return { kind: 'cache-point', ...((ttl === '5m' || ttl === '1h') && { ttl }) }
}

function stringIn(block: Block, key: string): string | undefined {
  const value = block[key]
  return typeof value === 'string' ? value : undefined
}

function wordOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}
