import { pairItems } from './pair-items.ts'
import { isSame } from './normalisers.ts'
import type { Scalar } from './normalisers.ts'
import { below } from './tree.ts'
import type { FieldRules, Tree } from './tree.ts'

export interface Counts {
  right: number
  extra: number
  missing: number
}

/** A scalar of the reply that is wrong or should not be there, a field that it misses, a list that lacks an item. */
export interface Difference {
  readonly is: 'wrong' | 'extra' | 'missing' | 'lacks'
  /** Steps into the reply. */
  readonly at: At
  readonly given?: Scalar
}

type At = readonly (string | number)[]

export interface Compared {
  /** By path with list positions left out. */
  readonly fields: ReadonlyMap<string, Counts>
  readonly total: Counts
  readonly differences: readonly Difference[]
}

/** Which scalars of what was expected the reply has: one that is wrong is one extra and one missing. */
export function compare(expected: Tree | undefined, given: Tree | undefined, rules: FieldRules): Compared {
  const fields = new Map<string, Counts>()
  const total: Counts = { right: 0, extra: 0, missing: 0 }
  const differences: Difference[] = []
  const count = (path: string, what: keyof Counts): void => {
    let counts = fields.get(path)
    if (counts === undefined) fields.set(path, (counts = { right: 0, extra: 0, missing: 0 }))
    counts[what]++
    total[what]++
  }

  const lone = (tree: Tree, path: string, at: At, what: 'extra' | 'missing', isTold = true): void => {
    if (tree.is === 'leaf') {
      count(path, what)
      if (isTold) differences.push(what === 'extra' ? { is: what, at, given: tree.value } : { is: what, at })
    } else if (tree.is === 'list')
      for (const { index, tree: item } of tree.items) lone(item, `${path}[]`, [...at, index], what, isTold)
    else for (const [name, field] of tree.fields) lone(field, below(path, name), [...at, name], what, isTold)
  }

  const both = (wanted: Tree | undefined, got: Tree | undefined, path: string, at: At): void => {
    if (wanted === undefined || got === undefined) {
      if (got !== undefined) lone(got, path, at, 'extra')
      if (wanted !== undefined) lone(wanted, path, at, 'missing')
    } else if (wanted.is === 'leaf' && got.is === 'leaf') {
      if (isSame(wanted.norm, got.norm)) count(path, 'right')
      else {
        count(path, 'extra')
        count(path, 'missing')
        differences.push({ is: 'wrong', at, given: got.value })
      }
    } else if (wanted.is === 'fields' && got.is === 'fields') {
      const names = new Set([...wanted.fields.keys(), ...got.fields.keys()])
      for (const name of names)
        both(wanted.fields.get(name), got.fields.get(name), below(path, name), [...at, name])
    } else if (wanted.is === 'list' && got.is === 'list') {
      for (const [one, other] of pairItems(wanted, got, path, rules)) {
        if (other !== undefined) both(one?.tree, other.tree, `${path}[]`, [...at, other.index])
        else if (one !== undefined) {
          differences.push({ is: 'lacks', at })
          lone(one.tree, `${path}[]`, at, 'missing', false)
        }
      }
    } else {
      lone(got, path, at, 'extra')
      lone(wanted, path, at, 'missing')
    }
  }

  both(expected, given, '', [])
  return { fields, total, differences }
}
