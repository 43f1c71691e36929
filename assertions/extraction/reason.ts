import type { Mark } from '../../harness/model/evidence.ts'
import { pointer } from '../shared/json-pointer.ts'
import { spansIn } from '../shared/json-spans.ts'
import { quoted } from '../shared/quote.ts'
import type { Compared, Difference } from './compare.ts'

const MOST_TOLD = 20

/** What differs, without what was expected: a model that is told it would be given the answer. */
export function reasonOf({ total, differences }: Compared): string {
  const { right, missing } = total
  const summary = `${right} of ${right + missing} expected values are right`
  if (differences.length === 0) return summary
  const listed = differences.slice(0, MOST_TOLD).map(told)
  const more = differences.length - listed.length
  return `${summary}: ${listed.join('; ')}${more > 0 ? `; and ${more} more` : ''}`
}

const NOTES = { wrong: 'is not what was expected', extra: 'nothing was expected here' }

/** The values of a reply that are wrong or should not be there: the first of them. */
export function marksOf({ differences }: Compared, output: unknown): readonly Mark[] {
  const listed = differences
    .slice(0, MOST_TOLD)
    .flatMap(({ is, at }) => (is === 'wrong' || is === 'extra' ? [{ is, at }] : []))
  const spans = spansIn(
    output,
    listed.map(({ at }) => at),
  )
  return listed.flatMap(({ is }, index) => {
    const span = spans[index]
    return span === undefined ? [] : [{ ...span, label: is, note: NOTES[is] }]
  })
}

function told({ is, at, given }: Difference): string {
  const place = pointer(at) || 'the whole'
  if (is === 'missing') return `${place} is missing`
  if (is === 'lacks') return `${place} lacks an item`
  const value = typeof given === 'string' ? quoted(given.slice(0, 200)) : String(given)
  return `${place} ${is === 'wrong' ? 'is not' : 'should not be there:'} ${value}`
}
