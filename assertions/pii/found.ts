/** A part of a text that is, or may well be, a person's. */
export interface Found {
  readonly start: number
  readonly end: number
}

/** Finds one kind of personal data in a text. Linear in time. */
export type Finder = (text: string) => Found[]

const BESIDE = 32

/** What stands before a place. */
export function before(text: string, start: number): string {
  return text.slice(Math.max(0, start - BESIDE), start)
}

/** The matches of a pattern that hold. */
export function matches(
  text: string,
  pattern: RegExp,
  holds: (match: string, start: number) => boolean = () => true,
): Found[] {
  const found: Found[] = []
  for (const { 0: match, index } of text.matchAll(pattern)) {
    if (holds(match, index)) found.push({ start: index, end: index + match.length })
  }
  return found
}
