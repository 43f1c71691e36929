/** Whether `found` has all that `wanted` names: further keys of objects are let be, lists are compared one by one. */
export function holds(wanted: unknown, found: unknown): boolean {
  if (Array.isArray(wanted)) {
    return (
      Array.isArray(found) &&
      found.length === wanted.length &&
      wanted.every((item, index) => holds(item, found[index]))
    )
  }
  if (typeof wanted !== 'object' || wanted === null) return Object.is(wanted, found) || wanted === found
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return false
  return Object.entries(wanted).every(
    ([key, value]) => Object.hasOwn(found, key) && holds(value, (found as Record<string, unknown>)[key]),
  )
}
