import type { ColumnName } from '../../model/comparison.ts'
import { CaseNumbers } from './case-numbers.ts'
import { ColumnRows } from './column-rows.ts'
import { ColumnView } from './column-view.ts'
import { FirstOutputs } from './first-outputs.ts'
import type { CaseInfo, Observation, ReplyText } from './observation.ts'

/** A text with the repeat that it is of. */
interface HeldText extends ReplyText {
  readonly repeat: number
}

interface ColumnTexts {
  /** The first failing reply of a case. */
  readonly failed: Map<number, HeldText>
  readonly outputs: FirstOutputs
}

interface HeldCase {
  readonly info: CaseInfo
  readonly column: number
  readonly repeat: number
}

/**
 * One arm of a comparison: what every cell came to, by column, case and repeat, and a few words of each case. Cells
 * are added in any order, at any time; what is read does not depend on it. No trial is held.
 */
export class ScoreTable {
  readonly columns: readonly ColumnName[]
  readonly #rows: readonly ColumnRows[]
  readonly #texts: readonly ColumnTexts[]
  readonly #columnIndices: ReadonlyMap<string, number>
  readonly #numbers = new CaseNumbers()
  readonly #cases: HeldCase[] = []
  readonly #removed = new Set<number>()
  readonly #words = new Map<string, string>()
  #sorted: readonly CaseInfo[] | undefined
  readonly #views = new Map<number, ColumnView>()

  constructor(columns: readonly ColumnName[]) {
    this.columns = columns.map(({ prompt, provider }) => ({ prompt, provider }))
    this.#columnIndices = new Map(columns.map((column, index) => [columnKey(column), index]))
    this.#rows = columns.map(() => new ColumnRows())
    this.#texts = columns.map(() => ({ failed: new Map(), outputs: new FirstOutputs() }))
  }

  /** Throws when the cell's column is not one of the arm's. */
  add(observation: Observation): void {
    const column = this.#columnIndices.get(columnKey(observation))
    const rows = column === undefined ? undefined : this.#rows[column]
    if (column === undefined || rows === undefined)
      throw new Error(`no column ${observation.prompt} × ${observation.provider} in this arm`)
    const caseIndex = this.#caseIndex(observation, column)
    rows.add(caseIndex, observation)
    if (observation.scores !== null) this.#keepText(observation, column, caseIndex)
    this.#sorted = undefined
    this.#views.delete(column)
  }

  /** Takes cases out, with all that was added for them. */
  remove(caseIds: Iterable<string>): void {
    const indices = new Set([...caseIds].map((id) => this.#numbers.of(id)).filter((index) => index >= 0))
    if (indices.size === 0) return
    for (const rows of this.#rows) rows.remove(indices)
    for (const { failed, outputs } of this.#texts) {
      for (const index of indices) {
        failed.delete(index)
        outputs.remove(index)
      }
    }
    for (const index of indices) this.#removed.add(index)
    this.#sorted = undefined
    this.#views.clear()
  }

  /** Sorted by id. */
  get cases(): readonly CaseInfo[] {
    this.#sorted ??= this.#cases
      .filter((_, index) => !this.#removed.has(index))
      .map(({ info }) => info)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
    return this.#sorted
  }

  has(column: ColumnName): boolean {
    return this.#columnIndices.has(columnKey(column))
  }

  caseInfo(caseId: string): CaseInfo | undefined {
    const index = this.#numbers.of(caseId)
    return this.#removed.has(index) ? undefined : this.#cases[index]?.info
  }

  /** `pass` first, then `pass_first`, then the named ones by name. */
  metrics(column: ColumnName): string[] {
    return this.view(column).metrics
  }

  /** Finished repeats in order; none where all errored, or the case did not run. */
  scores(column: ColumnName, metric: string, caseId: string): readonly number[] {
    const view = this.view(column)
    return view.scores(metric, this.#numbers.of(caseId))
  }

  /** Repeats that errored. */
  errored(column: ColumnName, caseId: string): number {
    const view = this.view(column)
    return view.errored(this.#numbers.of(caseId))
  }

  /** Milliseconds of fresh, trusted first replies. */
  latencies(column: ColumnName, caseId: string): number[] {
    const view = this.view(column)
    return view.latencies(this.#numbers.of(caseId))
  }

  /** USD of each repeat whose price is known. */
  costs(column: ColumnName, caseId: string): number[] {
    const view = this.view(column)
    return view.costs(this.#numbers.of(caseId))
  }

  /** Of the first failing repeat; undefined for a case that did not fail. */
  text(column: ColumnName, caseId: string): ReplyText | undefined {
    return this.#textsOf(column)?.failed.get(this.#numbers.of(caseId))
  }

  /** An excerpt of the first repeat's output; undefined where it is not on record. */
  output(column: ColumnName, caseId: string): string | undefined {
    return this.#textsOf(column)?.outputs.at(this.#numbers.of(caseId))
  }

  /** Reads a column by the number of its cases, quickly. Valid until the next `add` or `remove`. */
  view(column: ColumnName): ColumnView {
    const index = this.#columnIndices.get(columnKey(column))
    const rows = index === undefined ? undefined : this.#rows[index]
    if (index === undefined || rows === undefined)
      throw new Error(`no column ${column.prompt} × ${column.provider} in this arm`)
    let view = this.#views.get(index)
    if (view === undefined) {
      view = new ColumnView(rows, this.#numbers)
      this.#views.set(index, view)
    }
    return view
  }

  #textsOf(column: ColumnName): ColumnTexts | undefined {
    return this.#texts[this.#columnIndices.get(columnKey(column)) ?? -1]
  }

  /** What is known of a case is taken from its first column and repeat, whichever came first. */
  #caseIndex({ caseId, repeat, info }: Observation, column: number): number {
    const index = this.#numbers.of(caseId)
    if (index === -1) {
      this.#cases.push({ info: info(), column, repeat })
      return this.#numbers.add(caseId)
    }
    const held = this.#cases[index] as HeldCase
    const isRemoved = this.#removed.delete(index)
    if (isRemoved || column < held.column || (column === held.column && repeat < held.repeat))
      this.#cases[index] = { info: info(), column, repeat }
    return index
  }

  #keepText({ scores, repeat, output, text }: Observation, column: number, caseIndex: number): void {
    const { failed, outputs } = this.#texts[column] as ColumnTexts
    if (outputs.wants(caseIndex, repeat)) outputs.set(caseIndex, repeat, output())
    if (scores?.['pass'] !== 0 || repeat >= (failed.get(caseIndex)?.repeat ?? Infinity)) return
    const { checks, ...said } = text()
    failed.set(caseIndex, { ...said, checks: checks.map((name) => this.#word(name)), repeat })
  }

  /** Names of checks are few: each is held once. */
  #word(word: string): string {
    const known = this.#words.get(word)
    if (known !== undefined) return known
    this.#words.set(word, word)
    return word
  }
}

function columnKey({ prompt, provider }: ColumnName): string {
  return `${prompt}\0${provider}`
}
