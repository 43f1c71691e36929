import { stem } from '../text.ts'
import { datesIn } from './dates.ts'
import type { Mention } from './mention.ts'
import { moneyIn } from './money.ts'
import { lawsIn, partiesIn } from './names.ts'
import { periodsIn } from './periods.ts'

/** What kinds of detail a text is searched for. */
export type Kind = 'date' | 'money' | 'period' | 'party' | 'law'

export const FINDERS: Readonly<Record<Kind, (sentence: string) => Mention[]>> = {
  date: datesIn,
  money: moneyIn,
  period: periodsIn,
  party: partiesIn,
  law: lawsIn,
}

/** By the first that fits the words of a field: its name counts before its description. */
const ASKED: readonly (readonly [kind: Kind, words: RegExp])[] = [
  ['law', /\b(?:laws?|jurisdiction)\b/i],
  ['party', /\b(?:party|parties|signator(?:y|ies))\b/i],
  ['date', /\b(?:date|day|when|deadline|due|expiry|expires?)\b/i],
  ['money', /\b(?:money|amounts?|prices?|fees?|costs?|sums?|rent|salary|payments?|totals?|deposit)\b/i],
  ['period', /\b(?:period|terms?|duration|how long|length of time)\b/i],
]

/** Words that tell the kind of a detail, and nothing of which one is meant. */
const KIND_WORDS = new Set(
  'date day period amount price cost sum payment name value number list text unit law party the a an of in to or and is it'
    .split(' ')
    .map(stem),
)

/** The kind of detail that a field asks for, as far as its words tell. */
export function kindOf(name: string, description: string): Kind | undefined {
  const spoken = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll(/[_-]+/g, ' ')
  const named = ASKED.find(([, words]) => words.test(spoken))
  return (named ?? ASKED.find(([, words]) => words.test(description)))?.[0]
}

/** Which of that kind is meant: what is left of a name's stems. */
export function tellingWords(stems: readonly string[]): string[] {
  return stems.filter((one) => !KIND_WORDS.has(one))
}
