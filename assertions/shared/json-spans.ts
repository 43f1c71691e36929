import { parseTree } from 'jsonc-parser'
import type { Node } from 'jsonc-parser'
import { longestPiece } from './json-pieces.ts'
import { readJson } from './json-read.ts'

/** A longer text is not looked through once more. */
const LONGEST = 100_000

interface Span {
  readonly start: number
  readonly end: number
}

/** Where in a reply the values at some paths of its JSON stand, in UTF-16 units; undefined for a path that is not there. */
export function spansIn(
  output: unknown,
  paths: readonly (readonly (string | number)[])[],
): readonly (Span | undefined)[] {
  const tree = typeof output === 'string' && output.length <= LONGEST ? treeOf(output) : undefined
  return paths.map((path) => {
    const node = path.reduce<Node | undefined>(childAt, tree?.root)
    if (node === undefined || tree === undefined) return undefined
    const start = tree.start + node.offset
    return { start, end: start + node.length }
  })
}

function treeOf(text: string): { readonly root: Node | undefined; readonly start: number } | undefined {
  const piece =
    'value' in readJson(text) ? { start: text.indexOf(text.trim()), end: text.length } : longestPiece(text)
  return piece && { root: parseTree(text.slice(piece.start, piece.end)), start: piece.start }
}

function childAt(node: Node | undefined, step: string | number): Node | undefined {
  if (node?.type === 'array') return node.children?.[Number(step)]
  return node?.children?.find(({ children }) => children?.[0]?.value === step)?.children?.[1]
}
