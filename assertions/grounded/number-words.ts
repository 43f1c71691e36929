import type { Span } from './span.ts'

const SMALL =
  `zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
  nineteen`.split(/\s+/)
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')

const VALUES: ReadonlyMap<string, number> = new Map([
  ...SMALL.map((word, value): [string, number] => [word, value]),
  ...TENS.map((word, index): [string, number] => [word, (index + 2) * 10]),
  ['dozen', 12],
  ['twice', 2],
])
const SCALES: ReadonlyMap<string, number> = new Map([
  ['hundred', 100],
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
])

const ONE = [...VALUES.keys()].join('|')
const ANY = [...VALUES.keys(), ...SCALES.keys()].join('|')
/** "forty-five", "one hundred and twenty", "two thousand five hundred". "A month" is one month, "half an hour" is half of one. */
const SPELLED = new RegExp(
  `\\b(?:${ONE})\\b(?:[\\s-](?:(?<=(?:hundred|thousand|million)\\s)and\\s)?(?:${ANY})\\b){0,12}(?!\\s(?:thirds?|quarters?|fifths?|tenths?)\\b)`,
  'gi',
)
const A_UNIT = /\b(half\s)?an?\s(?=(?:second|minute|hour|day|week|fortnight|month|quarter|year)\b)/gi

export interface SpelledNumber extends Span {
  readonly value: number
  readonly isArticle: boolean
}

/** Numbers written as English words. */
export function spelledNumbers(text: string): SpelledNumber[] {
  const spelled = Array.from(text.matchAll(SPELLED), ({ 0: words, index }) => ({
    start: index,
    end: index + words.length,
    value: valueOf(words.toLowerCase().split(/[\s-]+/)),
    isArticle: false,
  }))
  const ones = Array.from(text.matchAll(A_UNIT), ({ 0: words, 1: half, index }) => ({
    start: index,
    end: index + words.length - 1,
    value: half === undefined ? 1 : 0.5,
    isArticle: half === undefined,
  }))
  return [...spelled, ...ones]
}

function valueOf(words: readonly string[]): number {
  let [total, group] = [0, 0]
  for (const word of words) {
    const scale = SCALES.get(word)
    if (scale === undefined) group += VALUES.get(word) ?? 0
    else if (scale === 100) group = Math.max(group, 1) * 100
    else [total, group] = [total + Math.max(group, 1) * scale, 0]
  }
  return total + group
}
