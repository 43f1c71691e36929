import { linearSumAssignment } from 'linear-sum-assignment'
import { isSame } from './normalisers.ts'
import { below } from './tree.ts'
import type { FieldRules, List, Tree } from './tree.ts'

type Item = List['items'][number]
type Pair = readonly [wanted: Item | undefined, given: Item | undefined]

/** Pairs of items looked at for one list, lists within it included. Past it, items that are not equal are paired in their order. */
const MOST_PAIRS = 10_000

interface Effort {
  left: number
}

/**
 * Which item of a reply's list stands for which of the expected one, so that as many scalars as possible are right: equal items first, the
 * others by optimal assignment. Items of an `ordered` list go by position. An item without a partner comes with undefined.
 */
export function pairItems(wanted: List, given: List, path: string, rules: FieldRules): readonly Pair[] {
  return pairs(wanted, given, path, rules, { left: MOST_PAIRS })
}

function pairs(wanted: List, given: List, path: string, rules: FieldRules, effort: Effort): readonly Pair[] {
  if (rules.ordered.has(path)) return inOrder(wanted.items, given.items)
  const { equal, rows, columns } = withoutEqual(wanted.items, given.items)
  const size = rows.length * columns.length
  if (size === 0 || size > effort.left) return [...equal, ...inOrder(rows, columns)]
  effort.left -= size
  const gains = rows.map((row) =>
    columns.map((column) => gain(row.tree, column.tree, `${path}[]`, rules, effort)),
  )
  const { rowAssignments } = linearSumAssignment(gains, { maximaze: true })
  const taken = new Set(rowAssignments)
  return [
    ...equal,
    ...rows.map((row, index): Pair => [row, columns[rowAssignments[index] ?? -1]]),
    ...columns.filter((_, index) => !taken.has(index)).map((column): Pair => [undefined, column]),
  ]
}

/** How many scalars two trees have in common when their lists are paired as well as can be. */
function gain(
  wanted: Tree | undefined,
  given: Tree | undefined,
  path: string,
  rules: FieldRules,
  effort: Effort,
): number {
  if (wanted === undefined || given === undefined) return 0
  if (wanted.key === given.key) return wanted.leaves
  if (wanted.is === 'leaf' && given.is === 'leaf') return isSame(wanted.norm, given.norm) ? 1 : 0
  if (wanted.is === 'fields' && given.is === 'fields') {
    let sum = 0
    for (const [name, tree] of wanted.fields)
      sum += gain(tree, given.fields.get(name), below(path, name), rules, effort)
    return sum
  }
  if (wanted.is !== 'list' || given.is !== 'list') return 0
  let sum = 0
  for (const [one, other] of pairs(wanted, given, path, rules, effort))
    sum += gain(one?.tree, other?.tree, `${path}[]`, rules, effort)
  return sum
}

/** Equal items are paired without a search: no other pairing of flat items has more in common. */
function withoutEqual(
  wanted: readonly Item[],
  given: readonly Item[],
): { readonly equal: readonly Pair[]; readonly rows: readonly Item[]; readonly columns: readonly Item[] } {
  const waiting = Map.groupBy(given, ({ tree }) => tree.key)
  const [equal, rows, taken]: [Pair[], Item[], Set<Item>] = [[], [], new Set()]
  for (const item of wanted) {
    const partner = waiting.get(item.tree.key)?.pop()
    if (partner === undefined) rows.push(item)
    else {
      equal.push([item, partner])
      taken.add(partner)
    }
  }
  return { equal, rows, columns: given.filter((item) => !taken.has(item)) }
}

function inOrder(wanted: readonly Item[], given: readonly Item[]): readonly Pair[] {
  return Array.from({ length: Math.max(wanted.length, given.length) }, (_, index) => [
    wanted[index],
    given[index],
  ])
}
