import { OUTCOMES } from '../about.ts'
import type { SliceFigures } from '../cell-figures.ts'
import type { ArmNumbers } from './arm-numbers.ts'
import type { Cases } from './cases.ts'
import type { Columns } from './columns.ts'

/** Cases that a slice needs for a figure of its own. */
const FEWEST_CASES = 5
/** Values of a metadata key above which it names cases rather than kinds of them. */
const MOST_VALUES = 20
/** Slices that are told. */
const MOST_SLICES = 500

const ERRORED = OUTCOMES.indexOf('errored')
const PASSED = OUTCOMES.indexOf('passed')

/** Outcomes by tag, and by value of each metadata key, in each column: none of a slice that is all of the cases. */
export function sliceFigures(cases: Cases, numbers: ArmNumbers, columns: Columns): SliceFigures[] {
  const slices = slicesOf(cases)
  const ofCase = new Map<number, number[]>()
  for (const [index, { members }] of slices.entries())
    for (const member of members) {
      const known = ofCase.get(member)
      if (known === undefined) ofCase.set(member, [index])
      else known.push(index)
    }
  const width = columns.names.length
  const passed = new Uint32Array(slices.length * width)
  const scored = new Uint32Array(slices.length * width)
  const [caseOf, columnOf, outcome] = [
    numbers.values('case'),
    numbers.values('column'),
    numbers.values('outcome'),
  ]
  for (let row = 0; row < numbers.rows; row++) {
    if (outcome[row] === ERRORED) continue
    for (const slice of ofCase.get(caseOf[row] as number) ?? []) {
      const place = slice * width + (columnOf[row] as number)
      scored[place]!++
      if (outcome[row] === PASSED) passed[place]!++
    }
  }
  return slices.flatMap(({ slice }, index) =>
    columns.names.flatMap((column, number): SliceFigures[] => {
      const place = index * width + number
      const of = scored[place] as number
      return of === 0 ? [] : [{ slice, column, passed: passed[place] as number, scored: of }]
    }),
  )
}

interface Slice {
  readonly slice: string
  /** Numbers of cases. */
  readonly members: readonly number[]
}

function slicesOf({ facts }: Cases): Slice[] {
  const byKey = new Map<string, Map<string, number[]>>()
  for (const [number, { tags, kinds }] of facts.entries()) {
    for (const tag of tags) put(byKey, 'tag', tag, number, Infinity)
    for (const [key, value] of kinds) put(byKey, key, value, number, MOST_VALUES)
  }
  return [...byKey]
    .filter(([key, values]) => key === 'tag' || values.size <= MOST_VALUES)
    .flatMap(([key, values]) =>
      [...values].map(([value, members]) => ({ slice: `${key}: ${value}`, members })),
    )
    .filter(({ members }) => members.length >= FEWEST_CASES && members.length < facts.length)
    .sort((a, b) => (a.slice < b.slice ? -1 : 1))
    .slice(0, MOST_SLICES)
}

/** One value more than the most is enough to tell that there are too many. */
function put(
  byKey: Map<string, Map<string, number[]>>,
  key: string,
  value: string,
  number: number,
  most: number,
): void {
  let values = byKey.get(key)
  if (values === undefined) byKey.set(key, (values = new Map()))
  const members = values.get(value)
  if (members !== undefined) members.push(number)
  else if (values.size <= most) values.set(value, [number])
}
