/** What `JSON.stringify` writes for half a surrogate pair, and for nothing else. */
const LONE_SURROGATE = /\\ud[89a-f]/
const MAX_DEPTH = 100

/**
 * The value itself where JSON can hold it, else the nearest thing JSON can: a provider may answer anything, and
 * whatever it answered must be on record. Lone surrogates become U+FFFD, cycles and getters that throw are named.
 */
export function recordable(value: unknown): unknown {
  if (typeof value === 'string') return value.isWellFormed() ? value : value.toWellFormed()
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'boolean' || value === undefined || value === null) return value
  if (typeof value === 'object') return isJson(value) ? value : plainCopy(value, [])
  return typeof value === 'bigint' ? value.toString() : `[${typeof value}]`
}

/** The same, for a map of values; the map itself when nothing had to change. */
export function recordableMap(map: Record<string, unknown>): Record<string, unknown> {
  let copy: Record<string, unknown> | undefined
  for (const key in map) {
    const value = map[key]
    const clean = recordable(value)
    // NaN was replaced by a string, so identity tells every change.
    if (clean !== value) (copy ??= { ...map })[key] = clean
  }
  return copy ?? map
}

function isJson(value: object): boolean {
  try {
    const text = JSON.stringify(value) as string | undefined
    return text !== undefined && !LONE_SURROGATE.test(text)
  } catch {
    return false
  }
}

function plainCopy(value: unknown, ancestors: readonly object[]): unknown {
  if (typeof value !== 'object' || value === null) return recordable(value)
  if (ancestors.includes(value)) return '[circular]'
  if (ancestors.length >= MAX_DEPTH) return '[too deep]'
  const inside = [...ancestors, value]
  try {
    const own = 'toJSON' in value && typeof value.toJSON === 'function' ? (value.toJSON() as unknown) : value
    if (own !== value) return plainCopy(own, inside)
    if (Array.isArray(value)) return value.map((item) => plainCopy(item, inside))
  } catch {
    return '[unreadable]'
  }
  return Object.fromEntries(
    Object.keys(value).map((key) => [key.toWellFormed(), plainCopy(readMember(value, key), inside)]),
  )
}

function readMember(value: object, key: string): unknown {
  try {
    return (value as Record<string, unknown>)[key]
  } catch {
    return '[unreadable]'
  }
}
