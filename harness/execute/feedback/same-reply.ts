/**
 * What two replies have in common when they say the same: JSON by value, whatever its spaces and the order of its keys;
 * anything else as text, without the spaces around it.
 */
export function replyKey(reply: unknown): string {
  const text = typeof reply === 'string' ? reply.trim() : undefined
  if (text !== undefined && !/^[[{]/.test(text)) return text
  try {
    return canonical(text === undefined ? reply : JSON.parse(text)) ?? String(reply)
  } catch {
    // No JSON, or nested too deep to be gone through.
    return text ?? String(reply)
  }
}

/** @throws RangeError for what is nested too deep */
function canonical(value: unknown): string | undefined {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
