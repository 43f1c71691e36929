import type { CaseInfo } from './observation.ts'

/** Cases that a slice needs for a figure of its own. */
const FEWEST = 5

/** Values of a metadata key above which it names cases rather than kinds of them. */
const MOST_VALUES = 20

/** A slice, and the places of its cases in the list it was made from. */
export interface CaseGroup {
  /** `tag: critical`, `language: de`. */
  readonly slice: string
  readonly places: readonly number[]
}

const KNOWN = new WeakMap<readonly CaseInfo[], readonly CaseGroup[]>()

/** As `groupCases`; what was worked out for a list, which must not change, is found again. */
export function caseGroups(cases: readonly CaseInfo[]): readonly CaseGroup[] {
  let groups = KNOWN.get(cases)
  if (groups === undefined) KNOWN.set(cases, (groups = groupCases(cases)))
  return groups
}

/** Slices of cases, by tag and by value of each metadata key, in the order of their names; none that is all of the cases. */
function groupCases(cases: readonly CaseInfo[]): CaseGroup[] {
  const tags = new Map<string, number[]>()
  const values = new Map<string, Map<string, number[]>>()
  for (let i = 0; i < cases.length; i++) {
    const { tags: tagged, slices } = cases[i] as CaseInfo
    for (const tag of tagged) put(tags, tag, i)
    for (const key in slices) {
      let known = values.get(key)
      if (known === undefined) values.set(key, (known = new Map()))
      // One value too many is enough to tell that there are too many.
      const value = slices[key] as string
      if (known.size <= MOST_VALUES || known.has(value)) put(known, value, i)
    }
  }
  const groups = groupsOf('tag', tags)
  for (const [key, known] of values) if (known.size <= MOST_VALUES) groups.push(...groupsOf(key, known))
  return groups
    .filter(({ places }) => places.length >= FEWEST && places.length < cases.length)
    .sort((a, b) => (a.slice < b.slice ? -1 : 1))
}

function put(groups: Map<string, number[]>, name: string, place: number): void {
  const places = groups.get(name)
  if (places === undefined) groups.set(name, [place])
  else places.push(place)
}

function groupsOf(key: string, groups: ReadonlyMap<string, number[]>): CaseGroup[] {
  return [...groups].map(([value, places]) => ({ slice: `${key}: ${value}`, places }))
}
