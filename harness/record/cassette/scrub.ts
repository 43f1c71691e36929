/** What a provider sends along that is new with every call or tells whose account it was, by names without their punctuation. */
const VOLATILE =
  /(?:request|trace|correlation|account|organi[sz]ation)id$|^(?:date|setcookie|cfray|traceparent|openaiorganization|xamz(?:n|id2|cfid))$/

/** A value without such members, at any depth; the value itself when it has none. Holds JSON only. */
export function withoutVolatile(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const items: unknown[] = value.map(withoutVolatile)
    return items.some((item, i) => item !== value[i]) ? items : value
  }
  const entries = Object.entries(value)
  const kept = entries
    .filter(([name]) => !isVolatile(name))
    .map(([name, member]) => [name, withoutVolatile(member)] as const)
  const isSame =
    kept.length === entries.length &&
    kept.every(([name, member], i) => entries[i]?.[0] === name && entries[i][1] === member)
  return isSame ? value : Object.fromEntries(kept)
}

function isVolatile(name: string): boolean {
  return VOLATILE.test(name.toLowerCase().replaceAll(/[^a-z0-9]/g, ''))
}
