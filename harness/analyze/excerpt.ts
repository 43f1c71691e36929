/**
 * At most `limit` UTF-16 units of a text, well-formed, and copied: a slice of a string keeps the whole of it alive,
 * and a model's reply may be 10 MB.
 */
export function excerpt(text: string, limit: number): string {
  if (text.length <= limit) return text.toWellFormed()
  return Buffer.from(`${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`).toString()
}
