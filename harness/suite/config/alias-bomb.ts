import { fail } from './fail.ts'
import { locate } from './positions.ts'

/** Values a file may stand for before it is suspected: far more than a suite written by hand, and cheap to walk. */
const ALLOWED_NODES = 250_000
/** How many times larger than what is written a file may become through sharing. */
const ALLOWED_GROWTH = 20

/**
 * Refuses a value that shares its parts so often that walking it would never end. What it stands for is counted
 * without walking it: every shared object is counted once and multiplied.
 * @throws HarnessError `suite` at the first part that is too large
 */
export function refuseAliasBomb(root: unknown): void {
  const sizes = new Map<object, number>()
  let written = 0
  const sizeOf = (value: unknown): number => {
    if (typeof value !== 'object' || value === null) {
      written += 1
      return 1
    }
    const known = sizes.get(value)
    if (known !== undefined) return known
    written += 1
    let size = 1
    for (const member of Object.values(value)) size += sizeOf(member)
    sizes.set(value, size)
    return size
  }
  const total = sizeOf(root)
  const limit = Math.max(ALLOWED_NODES, written * ALLOWED_GROWTH)
  if (total <= limit) return
  // Parts were measured before what holds them, so this is the innermost one that is too large.
  for (const [part, size] of sizes) {
    if (size <= limit) continue
    throw fail(
      'suite',
      `aliases or \`$ref\`s multiply this to ${size.toLocaleString('en')} values; at most ${limit.toLocaleString('en')} are read`,
      locate(part),
      'write the values out, or load them from a test file',
    )
  }
}
