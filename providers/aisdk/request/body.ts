/** A request's body, or what is laid over the one that the AI SDK makes. */
export type Body = Readonly<Record<string, unknown>>

/** Tools are added to those that are there; objects are joined key by key; everything else is replaced. */
export function laidOver(base: Body, over: Body): Body {
  const joined: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(over)) {
    if (value === undefined) continue
    const before = joined[key]
    if (isPlain(before) && isPlain(value)) joined[key] = laidOver(before, value)
    else if (key === 'tools' && Array.isArray(before) && Array.isArray(value))
      joined[key] = [...(before as unknown[]), ...(value as unknown[])]
    else joined[key] = value
  }
  return joined
}

export function isPlain(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
