import { normOf } from './normalisers.ts'
import type { Norm, NormaliserName, Scalar } from './normalisers.ts'

/** A value made ready to be compared: nothing empty is in it, scalars are normalised. */
export type Tree = Leaf | List | Fields

interface Base {
  /** Scalars in it. */
  readonly leaves: number
  /** The same for equal trees. */
  readonly key: string
}

export interface Leaf extends Base {
  readonly is: 'leaf'
  readonly norm: Norm
  readonly value: Scalar
}

export interface List extends Base {
  readonly is: 'list'
  readonly items: readonly { readonly index: number; readonly tree: Tree }[]
}

export interface Fields extends Base {
  readonly is: 'fields'
  readonly fields: ReadonlyMap<string, Tree>
}

/** What the suite says of fields, by path with list positions left out: `parties[].name`. */
export interface FieldRules {
  readonly normalise: ReadonlyMap<string, NormaliserName>
  readonly ordered: ReadonlySet<string>
  readonly ignored: ReadonlySet<string>
}

/** A reply with more than this is no extraction: scalars after it are compared as they are. */
const MOST_NORMALISED = 10_000

/** Undefined where nothing is: null, `''`, `[]`, `{}` and what holds only such. The value is at most 500 deep. */
export function treeOf(value: unknown, rules: FieldRules): Tree | undefined {
  let normalised = 0
  const build = (item: unknown, path: string): Tree | undefined => {
    if (item === null || item === undefined || rules.ignored.has(path)) return undefined
    if (Array.isArray(item)) {
      const items = item.flatMap((inner: unknown, index) => {
        const tree = build(inner, `${path}[]`)
        return tree === undefined ? [] : [{ index, tree }]
      })
      if (items.length === 0) return undefined
      const keys = items.map(({ tree }) => tree.key)
      const key = `[${(rules.ordered.has(path) ? keys : keys.toSorted()).join(',')}]`
      return { is: 'list', items, key, leaves: sum(items.map(({ tree }) => tree)) }
    }
    if (typeof item === 'object') {
      const fields = new Map<string, Tree>()
      for (const [name, inner] of Object.entries(item)) {
        const tree = build(inner, below(path, name))
        if (tree !== undefined) fields.set(name, tree)
      }
      if (fields.size === 0) return undefined
      const keys = [...fields].map(([name, tree]) => `${JSON.stringify(name)}:${tree.key}`)
      return {
        is: 'fields',
        fields,
        key: `{${keys.toSorted().join(',')}}`,
        leaves: sum([...fields.values()]),
      }
    }
    const scalar = scalarOf(item)
    if (scalar === undefined) return undefined
    const normaliser = ++normalised > MOST_NORMALISED ? 'exact' : (rules.normalise.get(path) ?? 'text')
    const norm = normOf(scalar, normaliser)
    return { is: 'leaf', norm, value: scalar, key: JSON.stringify([norm.key, norm.currency]), leaves: 1 }
  }
  return build(value, '')
}

function scalarOf(value: unknown): Scalar | undefined {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value
  return typeof value === 'number' || typeof value === 'boolean' ? value : undefined
}

/** The path of a field of an object at `path`. */
export function below(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

function sum(trees: readonly Tree[]): number {
  return trees.reduce((total, { leaves }) => total + leaves, 0)
}
