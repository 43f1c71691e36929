import type { Random } from '../random.ts'

/** At the beginning of a line: "4.2 The Customer …". */
const NUMBERED = /^(\d+(?:\.\d+)+)\.?\s/gm
const LEADING = /^\d+(?:\.\d+)+\.?\s+/

/**
 * The number of the clause that a sentence stands in, or undefined where clauses have none.
 * @param slips chance to name the clause before it
 */
export function clauseNumber(
  sentence: string,
  text: string,
  slips: number,
  random: Random,
): string | undefined {
  const at = text.indexOf(sentence)
  const before = [...text.matchAll(NUMBERED)].filter(({ index }) => index <= at).map(([, number]) => number)
  return (random.chance(slips) ? before.at(-2) : undefined) ?? before.at(-1)
}

export function withoutNumber(sentence: string): string {
  return sentence.replace(LEADING, '')
}
