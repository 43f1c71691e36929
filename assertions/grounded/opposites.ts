const ALL: RegExp[] = []
const PLACES = new Map<string, number>()

/** Pairs of turns of which a text that says one does not say the other. */
const TURNS: readonly Pair[] = [
  pair(['before', 'before|prior to'], ['after', 'after']),
  pair(
    ['at least', 'at least|minimum|(?:no|not) (?:less|fewer) than'],
    ['at most', 'at most|maximum|up to|(?:no|not) more than|not (?:to )?exceed(?:ing)?'],
  ),
  pair(
    ['more than', '(?<!\\b(?:no|not) )(?:more|greater) than|(?:over|above)(?=\\s[\\d€$£])'],
    ['less than', '(?<!\\b(?:no|not) )(?:less|fewer) than|(?:under|below)(?=\\s[\\d€$£])'],
  ),
  pair(
    ['an increase', 'increas\\w{0,4}|rose|rises?|rising|risen|gr[eo]wn?|grows?|raised'],
    ['a decrease', 'decreas\\w{0,4}|fell|falls|fallen|drop(?:s|ped)?|declin\\w{1,4}|reduc\\w{1,4}|lowered'],
  ),
  pair(['inclusion', 'includ\\w{1,4}'], ['exclusion', 'exclud\\w{1,4}']),
  pair(['earlier', 'earlier|earliest'], ['later', 'later|latest']),
  pair(['inside', 'inside'], ['outside', 'outside']),
  pair(['acceptance', 'accept\\w{0,3}|approv\\w{1,4}'], ['rejection', 'reject\\w{0,3}|refus\\w{1,4}']),
  pair(['exclusive', 'exclusive(?:ly)?'], ['non-exclusive', 'non-?exclusive(?:ly)?']),
  pair(['keeping', 'keeps?|kept|retain\\w{0,3}'], ['losing', 'loses?|lost|losing']),
  pair(['rare', 'rare(?:ly)?|uncommon'], ['common', 'common(?:ly)?|frequent(?:ly)?']),
  pair(['always', 'always'], ['never', 'never|rarely']),
  pair(['limited', 'limited|capped'], ['unlimited', 'unlimited|uncapped']),
  pair(['higher', 'higher|highest'], ['lower', 'lower|lowest']),
  pair(['upwards', 'upwards?'], ['downwards', 'downwards?']),
  pair(['open', 'open(?:s|ed)?'], ['closed', 'clos(?:es|ed)']),
  pair(['mandatory', 'mandatory|compulsory'], ['optional', 'optional|voluntary']),
]

const PERIODS: readonly (readonly [string, string])[] = [
  ['daily', 'daily|(?:per|an?|each|every) day'],
  ['weekly', 'weekly|(?:per|an?|each|every) week'],
  ['quarterly', 'quarterly|(?:per|an?|each|every) quarter'],
  ['monthly', 'monthly|(?:per|an?|each|every) month'],
  ['yearly', 'yearly|annual(?:ly)?|per annum|(?:per|an?|each|every) year'],
]

interface Pair {
  readonly names: readonly [string, string]
  /** Places of its turns in `ALL`. */
  readonly one: number
  readonly other: number
}

function pair(one: readonly [string, string], other: readonly [string, string]): Pair {
  return { names: [one[0], other[0]], one: placeOf(one[1]), other: placeOf(other[1]) }
}

/** Several pairs may have one. */
function placeOf(turns: string): number {
  const known = PLACES.get(turns)
  if (known !== undefined) return known
  PLACES.set(turns, ALL.length)
  return ALL.push(RegExp(`(?<![\\p{L}-])(?:${turns})(?![\\p{L}])`, 'iu')) - 1
}

const PAIRS: readonly Pair[] = [
  ...TURNS,
  ...PERIODS.flatMap((one, at) => PERIODS.slice(at + 1).map((other) => pair(one, other))),
]

/** No text without one of these says any. */
const MAYBE =
  /before|prior|after|least|minimum|less|fewer|most|maximum|up to|more than|exceed|greater|over|above|under|below|increas|rose|ris|gr[eo]w|raised|decreas|f[ea]ll|drop|declin|reduc|lower|includ|exclu|earl|late|inside|outside|accept|approv|reject|refus|mandatory|compuls|optional|volunt|keep|kept|retain|los[ei]|lost|rare|common|frequent|always|never|limited|capped|high|open|clos|dai|day|week|month|quarter|year|ann|ward/i

/** What a text says of each pair: nothing (0), the one (1), the other (2), both (3). */
export type Sides = readonly number[]

const NEITHER: Sides = PAIRS.map(() => 0)

export function sidesOf(text: string): Sides {
  if (!MAYBE.test(text)) return NEITHER
  const said = ALL.map((turn) => turn.test(text))
  return PAIRS.map(({ one, other }) => (said[one] === true ? 1 : 0) + (said[other] === true ? 2 : 0))
}

/** The words of a text that its sides go by. */
export function turnsIn(text: string, sides: Sides): string {
  if (sides.every((side) => side === 0)) return ''
  return ALL.map((turn) => turn.exec(text)?.[0] ?? '').join(' ')
}

/** Where a claim says one of a pair and the context only the other: both, as a note names them. */
export function oppositeIn(
  claim: Sides,
  stated: Sides,
): { readonly claimed: string; readonly stated: string } | undefined {
  const at = claim.findIndex((side, index) => side + (stated[index] ?? 0) === 3 && side !== 0 && side !== 3)
  const [one = '', other = ''] = PAIRS[at]?.names ?? []
  if (at === -1) return undefined
  return claim[at] === 1 ? { claimed: one, stated: other } : { claimed: other, stated: one }
}
