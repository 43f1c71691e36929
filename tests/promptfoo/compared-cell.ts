/** One cell as both sides tell of it: only what must be equal. */
export interface ComparedCell {
  /** `metadata.id` of the test. */
  readonly id: string
  /** The provider and promptfoo's label of the prompt. */
  readonly column: string
  /** As rendered; empty where rendering itself broke. */
  readonly prompt: string
  /** After the transforms, as the checks saw it. */
  readonly output: unknown
  readonly outcome: 'passed' | 'failed' | 'errored'
  /** Null where nothing was scored. */
  readonly score: number | null
  readonly namedScores: Readonly<Record<string, number>>
}

/** A run as both sides tell of it. */
export interface ComparedRun {
  readonly cells: readonly ComparedCell[]
  /** The suite's derived metrics, of each column by its name; promptfoo's has the sums of all others as well. */
  readonly derived: ReadonlyMap<string, Readonly<Record<string, number | undefined>>>
}

export function columnName(provider: string, promptLabel: string): string {
  return `${provider} × ${promptLabel}`
}

export interface Mismatch {
  readonly id: string
  readonly cell: string
  readonly promptfoo: unknown
  readonly assay: unknown
}

/**
 * What differs between two runs of one suite, cell by cell and then metric by metric. Repeats and fan-out make several cells of a
 * test and column: those are matched whatever their order.
 */
export function mismatchesOf(promptfoo: ComparedRun, assay: ComparedRun): Mismatch[] {
  const theirs = Map.groupBy(promptfoo.cells, nameOf)
  const ours = Map.groupBy(assay.cells, nameOf)
  const found = [...new Set([...theirs.keys(), ...ours.keys()])].flatMap((cell) =>
    unpaired(theirs.get(cell) ?? [], ours.get(cell) ?? []).map(([one, other]) => ({
      id: (one ?? other)?.id ?? '',
      cell,
      promptfoo: one,
      assay: other,
    })),
  )
  return [...found, ...differentMetrics(promptfoo, assay)]
}

type Pair = readonly [ComparedCell | undefined, ComparedCell | undefined]

/** What is left of two lists once equal ones are taken out in pairs, side by side. */
function unpaired(theirs: readonly ComparedCell[], ours: readonly ComparedCell[]): Pair[] {
  const others = [...ours]
  const left = theirs.filter((one) => {
    const at = others.findIndex((other) => isEqual(one, other))
    if (at >= 0) others.splice(at, 1)
    return at < 0
  })
  return Array.from({ length: Math.max(left.length, others.length) }, (_, at) => [left[at], others[at]])
}

function differentMetrics(promptfoo: ComparedRun, assay: ComparedRun): Mismatch[] {
  return [...assay.derived].flatMap(([column, metrics]) =>
    Object.entries(metrics).flatMap(([name, own]) => {
      const value = promptfoo.derived.get(column)?.[name]
      // One that cannot be computed is absent, where promptfoo leaves the 0 it began with.
      if (near(value, own) || (own === undefined && value === 0)) return []
      return [{ id: '', cell: `${column}, metric ${name}`, promptfoo: value, assay: own }]
    }),
  )
}

function nameOf({ id, column }: ComparedCell): string {
  return `${id}, ${column}`
}

function isEqual(one: ComparedCell, other: ComparedCell): boolean {
  if (one.outcome !== other.outcome) return false
  // promptfoo keeps the template where it could not be rendered; both scores mean nothing then.
  if (one.outcome === 'errored') return other.prompt === '' || samePrompt(one, other)
  if (JSON.stringify(one.output) !== JSON.stringify(other.output)) return false
  return samePrompt(one, other) && near(one.score, other.score) && sameScores(one, other)
}

/** promptfoo squeezes JSON when it writes its output; what it sent, an echoing model tells. */
function samePrompt({ prompt: one }: ComparedCell, { prompt: other }: ComparedCell): boolean {
  return one === other || (/^[[{]/.test(one) && one === squeezed(other))
}

/** The same JSON without white space, also where a text in it is JSON. */
function squeezed(text: string): string {
  if (!/^\s*[[{]/.test(text)) return text
  try {
    return JSON.stringify(JSON.parse(text), (_key, value: unknown) =>
      typeof value === 'string' ? squeezed(value) : value,
    )
  } catch {
    return text
  }
}

function sameScores({ namedScores: one }: ComparedCell, { namedScores: other }: ComparedCell): boolean {
  const names = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...names].every((name) => near(one[name], other[name]))
}

/** Equal but for the order of an addition. */
function near(one: number | null | undefined, other: number | null | undefined): boolean {
  if (typeof one !== 'number' || typeof other !== 'number') return one === other
  return Object.is(one, other) || Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one))
}
