import { isTooDeep } from './json-depth.ts'

/**
 * The same text for values that are equal as JSON, whatever the order of their keys. What is nested too deep to look at is one and the same; so is
 * what is not there.
 */
export function canonicalJson(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (isTooDeep(value)) return 'too deep'
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
