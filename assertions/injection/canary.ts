import { skeleton } from '../shared/confusables.ts'
import type { DecodedRun } from './decoded-runs.ts'
import { decodedRuns } from './decoded-runs.ts'
import type { Folded } from './fold.ts'
import { fold, foldText, gapOf } from './fold.ts'

/** How a canary stands in a reply. */
export type Form =
  | 'as it stands'
  | 'in other letters'
  | 'spaced out'
  | 'reversed'
  | 'in rot13'
  | 'in base64'
  | 'in hex'

/** A canary in a reply, by its offsets. */
export interface Sighting {
  readonly start: number
  readonly end: number
  readonly form: Form
}

const MOST_SIGHTINGS = 20
/** Characters between two letters of one word: further apart they are no longer one. */
const WIDEST_GAP = 3

/** A reply as canaries are looked for in it. */
export interface SearchedReply {
  readonly text: string
  readonly folded: Folded
  readonly decoded: readonly DecodedRun[]
}

export function searchable(text: string): SearchedReply {
  return { text, folded: fold(text), decoded: decodedRuns(text) }
}

/** Where a text stands in a reply, in whatever form; in order, at most 20. */
export function sightingsOf(canary: string, { text: reply, folded, decoded }: SearchedReply): Sighting[] {
  const needle = foldText(canary)
  const reversed = Array.from(needle).toReversed().join('')
  const shifted = rot13(needle)
  return [
    ...places(needle, reply, folded)
      .flatMap((place) => asWritten(canary, reply, place))
      .take(MOST_SIGHTINGS),
    ...(reversed === needle ? [] : hidden(reversed, 'reversed', reply, folded)),
    ...(shifted === needle ? [] : hidden(shifted, 'in rot13', reply, folded)),
    ...decoded
      .filter((run) => run.folded.includes(needle))
      .map(({ start, end, form }) => ({ start, end, form })),
  ]
    .toSorted((left, right) => left.start - right.start)
    .slice(0, MOST_SIGHTINGS)
}

interface Place {
  readonly start: number
  readonly end: number
  readonly gap: number
  /** Neither the letter before nor the one after it touches it. */
  readonly isApart: boolean
}

function* places(needle: string, reply: string, { text, starts, ends }: Folded): Generator<Place> {
  for (let at = text.indexOf(needle); at !== -1; at = text.indexOf(needle, at + 1)) {
    const last = at + needle.length - 1
    let gap = 0
    for (let index = at + 1; index <= last; index++)
      gap = Math.max(gap, gapOf(reply.slice(ends[index - 1], starts[index])))
    const isApart = ends[at - 1] !== starts[at] && starts[last + 1] !== ends[last]
    yield { start: starts[at] ?? 0, end: ends[last] ?? 0, gap, isApart }
  }
}

/** What is not written in one piece must at least be words of its own. */
function asWritten(canary: string, reply: string, { start, end, gap, isApart }: Place): Sighting[] {
  const slice = reply.slice(start, end)
  const core = canary.trim()
  if (slice === core || core.includes(slice)) return [{ start, end, form: 'as it stands' }]
  if (gap === 0 || skeleton(core).includes(skeleton(slice))) return [{ start, end, form: 'in other letters' }]
  return gap <= WIDEST_GAP && isApart ? [{ start, end, form: 'spaced out' }] : []
}

function hidden(needle: string, form: Form, reply: string, folded: Folded): Sighting[] {
  return places(needle, reply, folded)
    .filter(({ gap, isApart }) => gap <= WIDEST_GAP && isApart)
    .take(MOST_SIGHTINGS)
    .map(({ start, end }) => ({ start, end, form }))
    .toArray()
}

function rot13(text: string): string {
  return text.replaceAll(/[a-z]/g, (letter) => String.fromCharCode(((letter.charCodeAt(0) - 84) % 26) + 97))
}
