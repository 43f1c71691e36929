import { extname } from 'node:path'

const IMAGES: Record<string, string> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  bmp: 'image/bmp',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  avif: 'image/avif',
  heic: 'image/heic',
  heif: 'image/heif',
}
const RECORDINGS = new Set(
  'mp4 mpeg mpg webm ogg mov avi flv wmv mkv m4v 3gp 3gpp wav mp3 aac m4a flac wma aif aiff aifc opus'.split(
    ' ',
  ),
)

/** What base64 of the format's magic bytes begins with: a misnamed image is sent as what it is. */
const SIGNATURES: readonly (readonly [string, string])[] = [
  ['/9j/', 'image/jpeg'],
  ['iVBORw0KGgo', 'image/png'],
  ['R0lGODlh', 'image/gif'],
  ['R0lGODdh', 'image/gif'],
  ['UklGR', 'image/webp'],
  ['Qk0', 'image/bmp'],
  ['Qk1', 'image/bmp'],
  ['SUkq', 'image/tiff'],
  ['TU0A', 'image/tiff'],
  ['AAABAA', 'image/x-icon'],
]

/** True for a file that goes into a prompt as base64: an image, a sound or a video, by its extension. */
export function isMedia(path: string): boolean {
  const extension = extensionOf(path)
  return Object.hasOwn(IMAGES, extension) || RECORDINGS.has(extension)
}

/** A data URL for an image, plain base64 for a sound or a video. */
export function encodeMedia(path: string, bytes: Buffer): string {
  const base64 = bytes.toString('base64')
  const named = IMAGES[extensionOf(path)]
  if (named === undefined) return base64
  const type = SIGNATURES.find(([magic]) => base64.startsWith(magic))?.[1] ?? named
  return `data:${type};base64,${base64}`
}

function extensionOf(path: string): string {
  return extname(path).slice(1).toLowerCase()
}
