import { excerpt } from './excerpt.ts'

const MESSAGE_LIMIT = 300
const LISTED = 50

/** Request ids, timestamps and the like, that make each message of one error look like another. */
const VOLATILE = /\b(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{18,22}|(?=[a-z]*\d)[0-9a-f]{12,}|\d{6,})\b/gi

/** Counts error messages, alike but for ids and timestamps taken as one. */
export class ErrorTally {
  readonly #counts = new Map<string, number>()

  add(message: string): void {
    // Cut twice: the first bounds the work, the second what is kept.
    const key = excerpt(excerpt(message, 2 * MESSAGE_LIMIT).replace(VOLATILE, '…'), MESSAGE_LIMIT)
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1)
  }

  /** The most frequent first; the counts add up to the number of errors. */
  finish(): { message: string; count: number }[] {
    const sorted = [...this.#counts]
      .map(([message, count]) => ({ message, count }))
      .sort((a, b) => b.count - a.count || (a.message < b.message ? -1 : 1))
    if (sorted.length <= LISTED) return sorted
    const others = sorted.slice(LISTED)
    const count = others.reduce((sum, other) => sum + other.count, 0)
    return [...sorted.slice(0, LISTED), { message: `${others.length} other messages`, count }]
  }
}
