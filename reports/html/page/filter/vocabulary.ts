import type { ReportData } from '../model/report-data.ts'
import type { Named } from './term.ts'

/** The names a run knows, for reading, completing and testing `model:`, `prompt:`, `tag:`, `case:` and `file:`. */
export interface Vocabulary {
  readonly metrics: readonly string[]
  /** Distinct names; of `case` the ids. */
  names(of: Named): readonly string[]
  /** True where a name is called so, or holds it. */
  has(of: Named, value: string): boolean
  /** For each column (`model`, `prompt`) or case (others): 1 where its name is called so; where none is, where one holds it. */
  matches(of: Named, value: string): Uint8Array
  /** For each case: 1 where its id or description holds the text, whatever its case. */
  casesWith(text: string): Uint8Array
}

/** Bitmaps kept: what a filter in use asks for again at every letter. */
const KEPT = 64

/** Indexes are made when they are first asked for: most filters need none. */
export function createVocabulary({ about, main, cases }: ReportData): Vocabulary {
  const everyCase = <T>(of: (index: number) => T): T[] => Array.from({ length: cases.size }, (_, i) => of(i))
  const labels = once(() => everyCase((i) => cases.label(i)))
  const texts = once(() => labels().map(({ id, description }) => `${id}\n${description}`.toLowerCase()))
  const lists: Record<Named, () => readonly (readonly string[])[]> = {
    model: once(() => main.columns.map(({ provider }) => [provider])),
    prompt: once(() => main.columns.map(({ prompt }) => [prompt])),
    tag: once(() => labels().map(({ tags }) => tags)),
    case: once(() => labels().map(({ id, description }) => (description === '' ? [id] : [id, description]))),
    file: once(() => labels().map(({ file }) => [file])),
  }
  const distinct = new Map<Named, readonly string[]>()
  const found = new Map<string, Uint8Array>()

  function kept(key: string, make: () => Uint8Array): Uint8Array {
    const held = found.get(key)
    if (held !== undefined) return held
    if (found.size >= KEPT) found.clear()
    const made = make()
    found.set(key, made)
    return made
  }
  const matches = (of: Named, value: string) =>
    kept(`${of}:${value}`, () => matching(lists[of](), value.toLowerCase()))

  return {
    metrics: about.metrics,
    names(of) {
      let names = distinct.get(of)
      if (names === undefined) {
        const all = of === 'case' ? labels().map(({ id }) => id) : lists[of]().flat()
        distinct.set(of, (names = [...new Set(all)].filter((name) => name !== '')))
      }
      return names
    },
    has: (of, value) => matches(of, value).includes(1),
    matches,
    casesWith: (text) =>
      kept(`text:${text}`, () => {
        const wanted = text.toLowerCase()
        return Uint8Array.from(texts(), (held) => Number(held.includes(wanted)))
      }),
  }
}

/** Those called exactly so; where there are none, those with a name that holds it. */
function matching(lists: readonly (readonly string[])[], wanted: string): Uint8Array {
  const exact = new Uint8Array(lists.length)
  const holding = new Uint8Array(lists.length)
  let anyExact = false
  lists.forEach((names, i) => {
    for (const name of names) {
      const folded = name.toLowerCase()
      if (folded === wanted) {
        exact[i] = 1
        anyExact = true
      } else if (folded.includes(wanted)) holding[i] = 1
    }
  })
  return anyExact ? exact : holding
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
