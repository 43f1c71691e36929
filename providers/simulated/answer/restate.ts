import type { Setting } from './reply.ts'
import { datesIn } from './extract/dates.ts'
import type { Mention } from './extract/mention.ts'
import { moneyIn } from './extract/money.ts'
import { periodsIn } from './extract/periods.ts'

const NEGATED = /\b(shall|may|must|will|does|do|is|are|has|have) not\b/i

/**
 * A sentence in other words: here and there one for another. Now and then it slips: a figure is another one of its kind from the same
 * context, or a negation is lost.
 */
export function restate(sentence: string, context: string, { profile, random }: Setting): string {
  const said = random.chance(profile.slips) ? slipped(sentence, context, random.next()) : sentence
  return said
    .replaceAll(/\bshall\b/g, 'must')
    .replaceAll(/\bprovided that\b/g, 'as long as')
    .replaceAll(/\bpursuant to\b/g, 'under')
}

function slipped(sentence: string, context: string, draw: number): string {
  for (const find of [moneyIn, datesIn, periodsIn]) {
    const [own] = find(sentence)
    const others = own === undefined ? [] : othersIn(context, own, find)
    const other = others[Math.floor(draw * others.length)]
    if (own !== undefined && other !== undefined) {
      return sentence.slice(0, own.start) + other.verbatim + sentence.slice(own.end)
    }
  }
  return sentence.replace(NEGATED, '$1')
}

function othersIn(context: string, own: Mention, find: (text: string) => Mention[]): Mention[] {
  return find(context).filter(
    ({ number, unit, iso }) => number !== own.number || unit !== own.unit || iso !== own.iso,
  )
}
