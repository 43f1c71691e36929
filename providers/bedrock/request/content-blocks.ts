import type {
  CachePointBlock,
  ContentBlock,
  DocumentFormat,
  ImageBlock,
  ImageFormat,
  SystemContentBlock,
  ToolResultContentBlock,
  ToolUseBlock,
} from '@aws-sdk/client-bedrock-runtime'
import type { CachePoint, ImagePart, Part, TextPart, ToolResult } from '../../chat/chat.ts'
import { formatOf } from '../../chat/media.ts'
import { Refused } from './refused.ts'

/** A part of a turn in the words of Converse. @throws Refused */
export function contentBlock(part: Part): ContentBlock {
  const { kind } = part
  if (kind === 'text' || kind === 'cache-point') return textBlock(part)
  if (kind === 'image') return { image: imageBlock(part) }
  if (kind === 'tool-call')
    return { toolUse: { toolUseId: part.id, name: part.name, input: part.input as ToolUseBlock['input'] } }
  if (kind === 'tool-result') {
    const { id, isError } = part
    return {
      toolResult: {
        toolUseId: id,
        content: resultContent(part),
        ...(isError === true && { status: 'error' }),
      },
    }
  }
  const { mediaType, name, data } = part
  const format = formatOf(mediaType) as DocumentFormat
  return { document: { format, name: nameOf(name), source: { bytes: data } } }
}

export function textBlock(part: TextPart | CachePoint): SystemContentBlock & ContentBlock {
  if (part.kind === 'cache-point') return { cachePoint: cachePointBlock(part) }
  return part.guarded === true ? { guardContent: { text: { text: part.text } } } : { text: part.text }
}

export function cachePointBlock({ ttl }: CachePoint): CachePointBlock {
  return { type: 'default', ...(ttl !== undefined && { ttl }) }
}

/** A result without content is refused. */
function resultContent({ output }: ToolResult): ToolResultContentBlock[] {
  if (output.length === 0) return [{ text: '(no output)' }]
  return output.map((part) => (part.kind === 'text' ? { text: part.text } : { image: imageBlock(part) }))
}

function imageBlock({ mediaType, data, url }: ImagePart): ImageBlock {
  const format = formatOf(mediaType) as ImageFormat
  if (data !== undefined) return { format, source: { bytes: data } }
  if (url?.startsWith('s3://') === true) return { format, source: { s3Location: { uri: url } } }
  throw new Refused(
    'an image is given by its address, which Bedrock does not fetch: give its bytes, or an s3:// address',
  )
}

/** Letters, digits, single spaces, hyphens, parentheses and brackets are all that a document's name may have. */
function nameOf(name: string): string {
  const clean = name
    .replaceAll(/[^\w\s()[\]-]|_/g, '-')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return clean === '' ? 'document' : clean
}
