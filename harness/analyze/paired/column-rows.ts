/** How a row counts. */
const FINISHED = 0
const ERRORED = 1
const REMOVED = 2

/** One cell of a column, as it is stored. */
interface Row {
  readonly repeat: number
  /** Null for an errored cell. */
  readonly scores: Readonly<Record<string, number>> | null
  readonly latencyMs: number | null
  readonly costUsd: number | null
  readonly copied: boolean
  readonly outputKey: number
}

/** Rows by case: those of case i are `rows[start[i]]` to `rows[start[i + 1] - 1]`, in the order of their repeats. */
export interface RowIndex {
  readonly rows: Uint32Array
  readonly start: Uint32Array
}

/** The cells of one column, one typed array a figure: a few dozen bytes a cell. NaN stands for what is missing. */
export class ColumnRows {
  #length = 0
  #case = new Uint32Array(64)
  #repeat = new Float64Array(64)
  #state = new Uint8Array(64)
  #copied = new Uint8Array(64)
  #outputKey = new Float64Array(64)
  #latencyMs = new Float64Array(64)
  #costUsd = new Float64Array(64)
  readonly #metrics = new Map<string, Float64Array>()

  add(caseIndex: number, { repeat, scores, latencyMs, costUsd, copied, outputKey }: Row): void {
    if (this.#length === this.#case.length) this.#grow()
    const row = this.#length++
    this.#case[row] = caseIndex
    this.#repeat[row] = repeat
    this.#state[row] = scores === null ? ERRORED : FINISHED
    this.#copied[row] = copied ? 1 : 0
    this.#outputKey[row] = outputKey
    this.#latencyMs[row] = latencyMs ?? NaN
    this.#costUsd[row] = costUsd ?? NaN
    for (const metric in scores) {
      const score = scores[metric]
      // What a journal holds is not trusted to be a number; JSON has null for NaN.
      if (typeof score !== 'number' || !Number.isFinite(score)) continue
      this.#metric(metric)[row] = score
    }
  }

  /** Takes the rows of some cases out. */
  remove(caseIndices: ReadonlySet<number>): void {
    for (let row = 0; row < this.#length; row++)
      if (caseIndices.has(this.#case[row] as number)) this.#state[row] = REMOVED
  }

  get metrics(): Iterable<string> {
    return this.#metrics.keys()
  }

  isErrored(row: number): boolean {
    return this.#state[row] === ERRORED
  }

  /** Scores of a metric by row; undefined for a metric that no row has. */
  scores(metric: string): Float64Array | undefined {
    return this.#metrics.get(metric)
  }

  get latencies(): Float64Array {
    return this.#latencyMs
  }

  get costs(): Float64Array {
    return this.#costUsd
  }

  /** Rows by case and repeat, whatever the order they came in. Removed rows and copies of a reply are left out. */
  index(cases: number): RowIndex {
    const start = new Uint32Array(cases + 1)
    for (let row = 0; row < this.#length; row++)
      if (this.#state[row] !== REMOVED) start[(this.#case[row] as number) + 1]!++
    for (let i = 0; i < cases; i++) start[i + 1]! += start[i] as number
    const next = start.slice()
    const rows = new Uint32Array(start[cases] as number)
    for (let row = 0; row < this.#length; row++)
      if (this.#state[row] !== REMOVED) rows[next[this.#case[row] as number]!++] = row
    return this.#compact(rows, start)
  }

  /** Sorts the rows of each case, and closes the gaps that copies leave. */
  #compact(rows: Uint32Array, start: Uint32Array): RowIndex {
    let end = 0
    for (let i = 0; i + 1 < start.length; i++) {
      const [from, to] = [start[i] as number, start[i + 1] as number]
      start[i] = end
      if (to - from === 1) {
        rows[end++] = rows[from] as number
        continue
      }
      const sorted = [...rows.subarray(from, to)].sort((a, b) => this.#compare(a, b))
      for (const row of this.#distinct(sorted)) rows[end++] = row
    }
    start[start.length - 1] = end
    return { rows: rows.subarray(0, end), start }
  }

  /**
   * One row a repeat; and one row for all the provider's cached copies of an output, none where a reply that was
   * made now has the same output: they are one draw.
   */
  #distinct(sorted: readonly number[]): number[] {
    const once = sorted.filter(
      (row, i) => i === 0 || this.#repeat[row] !== this.#repeat[sorted[i - 1] as number],
    )
    if (!once.some((row) => this.#copied[row] === 1)) return once
    const drawn = new Set<number>()
    for (const row of once) if (this.#copied[row] === 0) drawn.add(this.#outputKey[row] as number)
    return once.filter((row) => {
      if (this.#copied[row] === 0) return true
      const key = this.#outputKey[row] as number
      if (drawn.has(key)) return false
      drawn.add(key)
      return true
    })
  }

  /** By repeat; rows of one repeat by what they hold, lowest first, so that the order of arrival does not show. */
  #compare(a: number, b: number): number {
    const byRepeat = (this.#repeat[a] as number) - (this.#repeat[b] as number)
    if (byRepeat !== 0) return byRepeat
    const byState = (this.#state[a] as number) - (this.#state[b] as number)
    if (byState !== 0) return byState
    for (const metric of [...this.#metrics.keys()].sort()) {
      const scores = this.#metrics.get(metric) as Float64Array
      const byScore = (scores[a] as number) - (scores[b] as number)
      // NaN, for what is missing, says nothing.
      if (Math.abs(byScore) > 0) return byScore
    }
    return (this.#outputKey[a] as number) - (this.#outputKey[b] as number)
  }

  #metric(name: string): Float64Array {
    let scores = this.#metrics.get(name)
    if (scores === undefined) {
      scores = new Float64Array(this.#case.length).fill(NaN)
      this.#metrics.set(name, scores)
    }
    return scores
  }

  #grow(): void {
    const capacity = this.#case.length * 2
    this.#case = grown(this.#case, new Uint32Array(capacity))
    this.#state = grown(this.#state, new Uint8Array(capacity))
    this.#copied = grown(this.#copied, new Uint8Array(capacity))
    this.#repeat = grown(this.#repeat, new Float64Array(capacity))
    this.#outputKey = grown(this.#outputKey, new Float64Array(capacity))
    this.#latencyMs = grown(this.#latencyMs, new Float64Array(capacity))
    this.#costUsd = grown(this.#costUsd, new Float64Array(capacity))
    for (const [name, scores] of this.#metrics)
      this.#metrics.set(name, grown(scores, new Float64Array(capacity).fill(NaN)))
  }
}

function grown<T extends Float64Array | Uint32Array | Uint8Array>(values: T, larger: T): T {
  larger.set(values)
  return larger
}
