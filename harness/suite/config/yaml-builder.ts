import type { Alias, Pair, YAMLMap, YAMLSeq } from 'yaml'
import { isAlias, isMap, isPair, isScalar, isSeq } from 'yaml'
import { fail } from './fail.ts'
import type { MemberPlaces, Place, SourceText } from './positions.ts'
import { memberPlaces, remember, rememberMember } from './positions.ts'
import { scalarValue } from './yaml-scalar.ts'

type YamlObject = Record<string, unknown>

/** js-yaml stops at 100 levels as well. */
const DEEPEST = 100
/** Keys that `<<` may copy in one file. Each copy is work and memory, and merges of merges grow as a square. */
const MOST_MERGED_KEYS = 100_000

/** Stands for an anchored value that is still being built: an alias to it would make a value that holds itself. */
const UNFINISHED = Symbol('unfinished')

const aliased = new WeakMap<object, ReadonlySet<string>>()

/** Top-level keys of a parsed file that hold an anchor some alias names: they may be there for that alone. */
export function keysNamedByAliases(root: object): ReadonlySet<string> {
  return aliased.get(root) ?? new Set()
}

/** Builds the value of a YAML syntax tree, and remembers where each part of it is written. */
export class YamlBuilder {
  readonly #source: SourceText
  readonly #anchors = new Map<string, unknown>()
  /** Under which top-level key each anchor stands. */
  readonly #homes = new Map<string, string>()
  readonly #aliased = new Set<string>()
  #topKey = ''
  #depth = 0
  #mergedKeys = 0

  constructor(source: SourceText) {
    this.#source = source
  }

  build(node: unknown): unknown {
    if (isAlias(node)) return this.#alias(node)
    if (isScalar(node)) return this.#anchored(node.anchor, scalarValue(node))
    if (!isMap(node) && !isSeq(node)) return node === null ? undefined : null
    if (++this.#depth > DEEPEST) throw this.#fail(`nested deeper than ${DEEPEST} levels`, node)
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, UNFINISHED)
    const value = isMap(node) ? this.#map(node) : this.#list(node)
    this.#depth -= 1
    return this.#anchored(node.anchor, value)
  }

  #anchored(anchor: string | undefined, value: unknown): unknown {
    if (anchor !== undefined) {
      this.#anchors.set(anchor, value)
      this.#homes.set(anchor, this.#topKey)
    }
    return value
  }

  #alias(node: Alias): unknown {
    const name = node.source
    if (!this.#anchors.has(name)) {
      throw this.#fail(
        `alias \`*${name}\` has no anchor \`&${name}\` before it`,
        node,
        'define the anchor further up, or put the text in quotes',
      )
    }
    const value = this.#anchors.get(name)
    if (value === UNFINISHED)
      throw this.#fail(`alias \`*${name}\` stands inside the value it names`, node, 'write the value out')
    this.#aliased.add(this.#homes.get(name) ?? '')
    return value
  }

  #list(node: YAMLSeq): unknown[] {
    const list: unknown[] = []
    remember(list, this.#place(node))
    for (const item of node.items) {
      // `!!omap` and `!!pairs` hold pairs, not nodes.
      const place = this.#place(isPair(item) ? item.key : item)
      rememberMember(list, list.length, { key: place, value: place })
      list.push(isPair(item) ? { [this.#key(item)]: this.build(item.value) } : this.build(item))
    }
    return list
  }

  #map(node: YAMLMap): YamlObject {
    const map: YamlObject = {}
    remember(map, this.#place(node))
    if (this.#depth === 1) aliased.set(map, this.#aliased)
    // Keys that came through `<<` give way to the map's own, wherever those stand.
    const merged = new Set<string>()
    for (const pair of node.items) {
      if (isMergeKey(pair)) {
        this.#merge(map, merged, pair)
        continue
      }
      const key = this.#key(pair)
      if (Object.hasOwn(map, key) && !merged.delete(key)) throw this.#duplicate(map, key, pair)
      if (this.#depth === 1) this.#topKey = key
      const places = {
        key: this.#place(pair.key),
        value: this.#place(isWritten(pair.value) ? pair.value : pair.key),
      }
      define(map, key, pair.value === null ? null : this.build(pair.value), places)
    }
    return map
  }

  #key(pair: Pair): string {
    const { key } = pair
    if (isMap(key) || isSeq(key)) {
      throw this.#fail('a key cannot be a map or a list', key, 'put a value with `{{…}}` in quotes')
    }
    const value = this.build(key)
    if (typeof value === 'object' && value !== null)
      throw this.#fail('a key cannot be a date', key, 'put it in quotes')
    return String(value)
  }

  #merge(map: YamlObject, merged: Set<string>, pair: Pair): void {
    const value = this.build(pair.value)
    for (const source of Array.isArray(value) ? value : [value]) {
      if (typeof source !== 'object' || source === null || Array.isArray(source)) {
        throw this.#fail(
          '`<<` merges a map or a list of maps',
          pair.value ?? pair.key,
          'write `<<: *name`, where `&name` anchors a map',
        )
      }
      for (const [key, member] of Object.entries(source)) {
        if (++this.#mergedKeys > MOST_MERGED_KEYS) {
          throw this.#fail(`\`<<\` copies more than ${MOST_MERGED_KEYS.toLocaleString('en')} keys`, pair.key)
        }
        if (Object.hasOwn(map, key)) continue
        merged.add(key)
        define(map, key, member, memberPlaces(source, key))
      }
    }
  }

  #duplicate(map: YamlObject, key: string, pair: Pair): Error {
    const first = memberPlaces(map, key)?.key
    const line = first === undefined ? '' : ` (first on line ${first.source.locationOf(first.offset).line})`
    return this.#fail(`duplicate key \`${key}\`${line}`, pair.key, 'keep one of the two')
  }

  #place(node: unknown): Place {
    const offset = (node as { range?: readonly number[] | null } | null)?.range?.[0] ?? 0
    return { source: this.#source, offset }
  }

  #fail(message: string, node: unknown, hint?: string): Error {
    const { source, offset } = this.#place(node)
    return fail('suite', `not valid YAML: ${message}`, source.locationOf(offset), hint)
  }
}

/** Only a plain `<<` merges; in quotes it is a key like any other. */
function isMergeKey(pair: Pair): boolean {
  return isScalar(pair.key) && pair.key.type === 'PLAIN' && pair.key.source === '<<'
}

/** False for the nothing behind `key:`, which has no place of its own. */
function isWritten(node: unknown): boolean {
  return node !== null && !(isScalar(node) && node.source === '' && node.type === 'PLAIN')
}

/** Sets a member as data: `__proto__` is a key like any other. */
function define(map: YamlObject, key: string, value: unknown, places: MemberPlaces | undefined): void {
  if (key === '__proto__') {
    Object.defineProperty(map, key, { value, enumerable: true, configurable: true, writable: true })
  } else {
    map[key] = value
  }
  if (places !== undefined) rememberMember(map, key, places)
}
