import { absent, elsewhere } from './absence.ts'
import { isSameDate } from './dates.ts'
import { shared, type Nearest } from './nearest.ts'
import { areRivals, isSameNumber } from './numbers.ts'
import type { Source } from './source.ts'
import type { Clause } from './clause.ts'

/** Each number must stand where its clause is spoken of, not only near it. */
export function numberProblems(
  claim: Clause,
  stated: readonly Clause[],
  nearest: Nearest<Clause> | undefined,
  source: Source,
): string[] {
  return claim.numbers.flatMap((number) => {
    if (number.isArticle) return []
    const holders = stated.filter(({ numbers }) => numbers.some((other) => isSameNumber(number, other)))
    if (holders.length === 0 && !source.hasNumber(number)) return [absent('number', number.text)]
    if (number.isReference) return []
    const rival = nearest?.part.numbers.find(
      (other) => areRivals(number, other) && !claim.numbers.some((own) => isSameNumber(own, other)),
    )
    return problemOf(
      'number',
      number.text,
      rival?.text,
      holders.length > 0,
      isNearer(nearest, holders, claim, source),
    )
  })
}

export function dateProblems(
  claim: Clause,
  stated: readonly Clause[],
  nearest: Nearest<Clause> | undefined,
  source: Source,
): string[] {
  return claim.dates.flatMap((date) => {
    const holders = stated.filter(({ dates }) => dates.some((other) => isSameDate(date, other)))
    if (holders.length === 0 && !source.hasDate(date)) return [absent('date', date.text)]
    const rival = nearest?.part.dates.find((other) => !claim.dates.some((own) => isSameDate(own, other)))
    return problemOf(
      'date',
      date.text,
      rival?.text,
      holders.length > 0,
      isNearer(nearest, holders, claim, source),
    )
  })
}

/** A figure that is in the context must be in the passage, and not only beside what is spoken of, where another stands in its place. */
function problemOf(
  kind: string,
  text: string,
  rival: string | undefined,
  isHere: boolean,
  isBeside: boolean,
): string[] {
  if (rival !== undefined && isBeside) return [`where it says ${text}, the context says ${rival}`]
  return isHere ? [] : [elsewhere(kind, text)]
}

function isNearer(
  nearest: Nearest<Clause> | undefined,
  holders: readonly Clause[],
  { terms }: Clause,
  source: Source,
): boolean {
  if (nearest === undefined || holders.includes(nearest.part)) return false
  return holders.every((holder) => shared([...terms], holder, source) < nearest.weight)
}
