import { isOwn } from './own-words.ts'
import type { RedactRule } from './redact-rules.ts'

interface Applying {
  /** True for an object key. */
  readonly isKey: boolean
  /** Leaves a text alone that is a word of the record's own, a hash, an id, a time. */
  readonly sparesOwn?: boolean | undefined
  /** Leaves marks and ids alone that stand in a text. */
  readonly sparesParts?: boolean
  /** Told of every secret that is taken out, by the name of its rule. */
  readonly onHit: ((name: string) => void) | undefined
}

/** A text without what the rules match. */
export function applyRules(
  text: string,
  rules: readonly RedactRule[],
  { isKey, onHit, sparesOwn = false, sparesParts = false }: Applying,
): string {
  let result = text
  for (const { name, pattern, inKeys, isSecret } of rules) {
    if (isKey && !inKeys) continue
    const before = result
    let spared: readonly Range[] | undefined
    result = before.replace(pattern, (match: string, ...rest: unknown[]) => {
      const groups = rest.at(-1)
      const hasGroups = typeof groups === 'object' && groups !== null
      const kept = hasGroups && 'kept' in groups ? String(groups.kept) : ''
      if (sparesOwn && isOwn(text)) return match
      if (sparesParts && (spared ??= sparedIn(before)).length > 0) {
        const at = rest.at(hasGroups ? -3 : -2) as number
        if (spared.some(([start, end]) => start <= at && at + match.length <= end)) return match
      }
      if (isSecret?.(match.slice(kept.length)) === false) return match
      onHit?.(name)
      return kept + markOf(name)
    })
  }
  return result
}

/** What stands in the place of a secret. */
export function markOf(name: string): string {
  return `[redacted:${name}]`
}

/** From and to, in UTF-16 units. */
type Range = readonly [start: number, end: number]

/** Marks of what was taken out, and ids of runs, by which a message names a folder. */
const PARTS = /\[redacted:[\w.-]{1,128}\]|(?<![\w-])\d{8}-\d{6}-\d{3}-[0-9a-z]{4}(?![\w-])/g

function sparedIn(text: string): Range[] {
  return [...text.matchAll(PARTS)].map(({ 0: part, index }) => [index, index + part.length])
}
