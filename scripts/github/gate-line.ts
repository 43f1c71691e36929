import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import type { Gate } from '../../harness/model/verdict.ts'

/**
 * Tells the line of a suite's text that sets a gate; where that is not written, the line of what stands around it, and 1 for
 * a suite that is no YAML.
 */
export function gateLines(suite: string): (gate: Pick<Gate, 'name' | 'metric'>) => number {
  const counter = new LineCounter()
  const document = parseDocument(suite, { lineCounter: counter, logLevel: 'silent' })
  return (gate) => counter.linePos(offsetOf(document, ['assay', 'gate', ...keysOf(gate)])).line || 1
}

/** The keys below `assay.gate` that a gate comes from, by its name. */
function keysOf({ name, metric }: Pick<Gate, 'name' | 'metric'>): string[] {
  if (name.startsWith('floor: ')) return ['floors', metric]
  if (name.startsWith('ceiling: ')) return ['ceilings', metric]
  if (name.startsWith('must pass: ')) return ['mustPass']
  if (name.startsWith('no worse: ')) return ['metrics', metric]
  return OTHERS[name] ?? []
}

const OTHERS: Readonly<Record<string, string[]>> = {
  'latency p95': ['latency', 'p95Ms'],
  'latency ratio': ['latency', 'ratio'],
  'cost per case': ['cost', 'usdPerCase'],
  'cost ratio': ['cost', 'ratio'],
  'broken cases': ['confirm'],
}

/** Where the last of the keys stands that is there. */
function offsetOf(document: Document, keys: readonly string[]): number {
  let node: unknown = document.contents
  let offset = 0
  for (const key of keys) {
    const [found, value] = member(isAlias(node) ? node.resolve(document) : node, key)
    if (found?.range == null) break
    offset = found.range[0]
    node = value
  }
  return offset
}

/** A key of a map and its value, or a member of a list that is this word. */
function member(node: unknown, key: string): [Node | undefined, unknown] {
  if (isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && item.key.value === key)
    return pair !== undefined && isScalar(pair.key) ? [pair.key, pair.value] : [undefined, undefined]
  }
  if (!isSeq(node)) return [undefined, undefined]
  const item = node.items.find((one) => isScalar(one) && one.value === key)
  return [isScalar(item) ? item : undefined, undefined]
}
