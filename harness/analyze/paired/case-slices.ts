import { excerpt } from '../excerpt.ts'

/** Longest value that can name a slice, in UTF-16 units: longer ones are texts, not categories. */
const VALUE_LIMIT = 80

const NONE: readonly string[] = []

/** `metadata.tags`: a list, or a single tag. */
export function tagsOf(metadata: Record<string, unknown> | undefined): readonly string[] {
  const tags = metadata?.['tags']
  if (typeof tags === 'string') return [tags]
  return Array.isArray(tags) ? [...new Set(tags.filter((tag) => typeof tag === 'string'))] : NONE
}

/** Scalar metadata by key, but for the id and the tags. */
export function slicesOf(metadata: Record<string, unknown> | undefined): Record<string, string> {
  const slices: Record<string, string> = {}
  for (const [key, value] of Object.entries(metadata ?? {})) {
    if (key === 'id' || key === 'tags') continue
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') continue
    const text = String(value)
    if (text !== '' && text.length <= VALUE_LIMIT) slices[excerpt(key, VALUE_LIMIT)] = text
  }
  return slices
}
