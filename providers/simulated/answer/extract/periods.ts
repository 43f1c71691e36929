import type { Mention } from './mention.ts'

const NUMERALS = [
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty',
  'thirty forty fifty sixty seventy eighty ninety',
]
  .join(' ')
  .split(' ')
const VALUE = new Map(NUMERALS.map((name, index) => [name, index < 20 ? index + 1 : 10 * (index - 17)]))
const WORD = NUMERALS.toReversed().join('|')
const PERIOD = new RegExp(
  String.raw`\b((?:${WORD})(?:-(?:${WORD}))?|\d{1,4})(?: \((\d{1,4})\))?[ -](?:calendar |working |business )?(day|week|month|year)s?\b`,
  'gi',
)

/** The lengths of time in a sentence, in order: `thirty (30) days`, `6 months`. */
export function periodsIn(sentence: string): Mention[] {
  return [...sentence.matchAll(PERIOD)].map((match) => {
    const [verbatim, spelled = '', figure, unit = ''] = match
    return {
      start: match.index,
      end: match.index + verbatim.length,
      verbatim,
      bare: verbatim,
      number: figure === undefined ? valueOf(spelled.toLowerCase()) : Number(figure),
      unit: `${unit.toLowerCase()}s`,
    }
  })
}

function valueOf(spelled: string): number {
  if (/^\d/.test(spelled)) return Number(spelled)
  return spelled.split('-').reduce((sum, part) => sum + (VALUE.get(part) ?? 0), 0)
}
