import { labelSetOf } from '../shared/label-set.ts'
import { quoted } from '../shared/quote.ts'
import type { Reduced } from './reduce.ts'

/** "B", "(b)", "2.", "B) Delivery" at the beginning of the reply. */
const LEADING = /^[\s*_("'[]{0,20}([a-z]|\d{1,2})(?:[\s*_)"'\].:]*$|[.):\]]|\s+[-–—]\s)/i
/** "The answer is B", "option 2", "I would choose B". */
const ANNOUNCED =
  /\b(?:[Aa]nswer|[Oo]ption|[Cc]hoice|[Cc]hoose|[Pp]ick|[Ss]elect|[Gg]o with)(?: is)?:?\s{0,3}[*_("'[]{0,4}([A-Z]|\d{1,2}|[a-z](?=\W*$))\b(?!')/

/**
 * The option a reply chooses, as its text, whichever place it had: named by its text, by the letter or number of its place, or by both.
 * Where these two disagree there is no choice.
 * @param options in the order the prompt shows them
 */
export function chosenOption(text: string, options: readonly string[]): Reduced {
  const set = labelSetOf(options, 'options')
  const exact = set.exactly(text)
  const named = exact === undefined ? set.namedIn(text) : [exact]
  const [byText] = named
  if (named.length > 1) return { problem: `names ${named.length} of the options: ${quoted(text)}` }
  const place = placeIn(text)
  const byPlace = place === undefined ? undefined : options[place]
  if (byText === undefined && byPlace === undefined)
    return { problem: `chooses none of the options ${options.join(', ')}: ${quoted(text)}` }
  if (byText !== undefined && byPlace !== undefined && byText.label !== byPlace)
    return { problem: `names \`${byText.label}\` by the place of \`${byPlace}\`: ${quoted(text)}` }
  return { answer: byText?.label ?? byPlace ?? '' }
}

function placeIn(text: string): number | undefined {
  const sign = (LEADING.exec(text) ?? ANNOUNCED.exec(text))?.[1]?.toLowerCase()
  if (sign === undefined) return undefined
  return /\d/.test(sign) ? Number(sign) - 1 : sign.charCodeAt(0) - 'a'.charCodeAt(0)
}
