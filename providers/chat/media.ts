import type { DocumentPart, ImagePart } from './chat.ts'

interface Media {
  readonly mediaType?: string | undefined
  readonly data?: Uint8Array | undefined
  readonly url?: string | undefined
}

const DATA_URL = /^data:([^;,]*)(?:;[^;,]*)*?(;base64)?,/i
const URL_SCHEME = /^[a-z][a-z\d+.-]*:\/\//i
const BASE64 = /^[A-Za-z\d+/_\s-]+={0,2}\s*$/

/** What image files begin with, in hexadecimal. */
const SIGNATURES: readonly (readonly [RegExp, string])[] = [
  [/^89504e470d0a1a0a/, 'image/png'],
  [/^ffd8ff/, 'image/jpeg'],
  [/^47494638(?:37|39)61/, 'image/gif'],
  [/^52494646.{8}57454250/, 'image/webp'],
]

/** Media types by the names vendors and files have for them. */
const BY_EXTENSION: Readonly<Record<string, string>> = {
  txt: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  html: 'text/html',
  pdf: 'application/pdf',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/**
 * Reads a data URL, an address, bare base64 or bytes: bytes, or an address that others may fetch. Undefined where it is none.
 * @param declared the media type as written beside it
 */
function readMedia(source: unknown, declared: string | undefined): Media | undefined {
  if (source instanceof Uint8Array) return { mediaType: declared, data: source }
  // A Buffer that went through JSON.
  if (isBufferJson(source)) return { mediaType: declared, data: Buffer.from(source.data) }
  if (typeof source !== 'string' || source === '') return undefined
  const [prefix, mediaType, base64] = DATA_URL.exec(source) ?? []
  if (prefix !== undefined) {
    const rest = source.slice(prefix.length)
    const data = base64 === undefined ? Buffer.from(percentDecoded(rest)) : Buffer.from(rest, 'base64')
    return { mediaType: mediaType === '' ? declared : mediaType, data }
  }
  if (URL_SCHEME.test(source)) return { mediaType: declared, url: source }
  return BASE64.test(source) ? { mediaType: declared, data: Buffer.from(source, 'base64') } : undefined
}

/** Its first bytes say what kind of image it is, whatever was declared: a service refuses the one for the other. */
export function imageOf(source: unknown, declared?: string): ImagePart | undefined {
  const media = readMedia(source, declared)
  if (media === undefined || media.data?.length === 0) return undefined
  const mediaType = (media.data && sniffed(media.data)) ?? mediaTypeOf(media.mediaType, 'image/png')
  return { kind: 'image', mediaType, ...(media.data ? { data: media.data } : { url: media.url }) }
}

/** A document must have its bytes here. `text/plain` may be given as the text itself, by whoever calls. */
export function documentOf(
  source: unknown,
  name: string | undefined,
  declared?: string,
): DocumentPart | undefined {
  const media = readMedia(source, declared)
  if (media?.data === undefined) return undefined
  return {
    kind: 'document',
    mediaType: mediaTypeOf(media.mediaType, mediaTypeOf(name?.split('.').at(-1), 'text/plain')),
    name: name ?? 'document',
    data: media.data,
  }
}

/** `jpg`, `image/jpg` and `IMAGE/JPEG` are all `image/jpeg`. */
function mediaTypeOf(told: string | undefined, fallback: string): string {
  const type = told?.trim().toLowerCase() ?? ''
  if (type === 'jpg' || type === 'image/jpg') return 'image/jpeg'
  if (type.includes('/')) return type
  return /^(?:png|jpeg|gif|webp)$/.test(type) ? `image/${type}` : (BY_EXTENSION[type] ?? fallback)
}

/** The other way round, for services that want `pdf`, not `application/pdf`. */
export function formatOf(mediaType: string): string {
  const known = Object.entries(BY_EXTENSION).find(([, type]) => type === mediaType)?.[0]
  return known ?? mediaType.split('/').at(-1) ?? mediaType
}

function sniffed(data: Uint8Array): string | undefined {
  const head = Buffer.from(data.subarray(0, 16)).toString('hex')
  return SIGNATURES.find(([signature]) => signature.test(head))?.[1]
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function isBufferJson(value: unknown): value is { data: number[] } {
  if (typeof value !== 'object' || value === null) return false
  const { type, data } = value as { type?: unknown; data?: unknown }
  return type === 'Buffer' && Array.isArray(data)
}
