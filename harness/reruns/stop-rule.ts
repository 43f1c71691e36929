import type { Observation } from '../analyze/paired/observation.ts'
import type { ScoreTable } from '../analyze/paired/score-table.ts'
import type { ColumnName } from '../model/comparison.ts'
import { columnName } from '../model/comparison.ts'
import { differenceOf, EValues } from './e-values.ts'

/** A metric of a column that gates, and what it is compared with. */
export interface WatchedMetric {
  readonly column: ColumnName
  readonly against: ColumnName
  readonly metric: string
}

interface StopRuleOptions {
  readonly watched: readonly WatchedMetric[]
  /** The stored baseline. */
  readonly base: ScoreTable
  /** Ids of the cases that gate, in the order of the plan: a random one. */
  readonly order: readonly string[]
  /** Cells of a case in all columns that gate. */
  readonly cellsOf: ReadonlyMap<string, number>
  /** Ids of cases that must pass: before all of their cells have ended, a run has not passed. */
  readonly mustPass?: ReadonlySet<string>
  /** True where every case is run once: yes-or-no outcomes then have the sharper test. */
  readonly isSingle: boolean
  /** Two-sided. */
  readonly alpha: number
  readonly margin: number | null
}

/**
 * Decides whether a run that goes on has decided its gate already (method.md, section 5): e-values may be looked at after every case,
 * where p-values may not. Cases are counted in the order of the plan, each once all its cells have ended: those that end early
 * are not a random part. It is decided when one comparison has an e-value of m/a for a drop (m comparisons, a one side of alpha), or all
 * of them 1/a for "no worse" (each must hold: Berger 1982) and every case that must pass has ended.
 */
export class StopRule {
  readonly #options: StopRuleOptions
  readonly #due = new Map<string, number>()
  /** Cells of cases that must pass, as far as they have not ended. */
  readonly #mustPass = new Map<string, number>()
  readonly #scores = new Map<string, Repeat[]>()
  readonly #tests: readonly { readonly watched: WatchedMetric; readonly values: EValues }[]
  #next = 0

  constructor(options: StopRuleOptions) {
    this.#options = options
    const { watched, isSingle, alpha, margin, cellsOf, order, mustPass = [] } = options
    for (const id of order) this.#due.set(id, cellsOf.get(id) ?? 0)
    for (const id of mustPass) this.#mustPass.set(id, cellsOf.get(id) ?? 0)
    this.#tests = watched.map((each) => ({
      watched: each,
      values: new EValues({ a: alpha / 2, margin, isSingle: isSingle && isPass(each.metric) }),
    }))
  }

  /** Cases counted so far. */
  get used(): number {
    return this.#next
  }

  /** Their ids. */
  get counted(): readonly string[] {
    return this.#options.order.slice(0, this.#next)
  }

  get planned(): number {
    return this.#options.order.length
  }

  /** Takes a finished cell. */
  add(observation: Observation): void {
    const { caseId, scores, repeat } = observation
    const { watched } = this.#options
    if (!watched.some(({ column }) => columnName(column) === columnName(observation))) return
    const mustPass = this.#mustPass.get(caseId)
    if (mustPass !== undefined && mustPass > 1) this.#mustPass.set(caseId, mustPass - 1)
    else this.#mustPass.delete(caseId)
    const due = this.#due.get(caseId)
    if (due === undefined) return
    this.#due.set(caseId, due - 1)
    if (scores !== null) {
      const key = scoreKey(observation, caseId)
      const known = this.#scores.get(key)
      if (known === undefined) this.#scores.set(key, [{ repeat, scores }])
      else known.push({ repeat, scores })
    }
    this.#count()
  }

  /** What is decided: a sentence; undefined while nothing is. */
  get decided(): string | undefined {
    const { alpha } = this.#options
    const a = alpha / 2
    const drop = this.#tests.find(({ values }) => values.worse >= this.#tests.length / a)
    const after = `after ${this.used} of ${this.planned} cases`
    if (drop !== undefined) {
      const { column, metric } = drop.watched
      return `The gate has decided ${after}: ${columnName(column)} is worse in ${metric}.`
    }
    const isProven =
      this.#tests.length > 0 &&
      this.#mustPass.size === 0 &&
      this.#tests.every(({ values }) => values.noWorse !== null && values.noWorse >= 1 / a)
    return isProven ? `The gate has decided ${after}: no metric that gates is worse.` : undefined
  }

  #count(): void {
    const { order } = this.#options
    for (; this.#next < order.length; this.#next++) {
      const caseId = order[this.#next] as string
      if ((this.#due.get(caseId) ?? 0) > 0) return
      for (const { watched, values } of this.#tests) {
        const difference = this.#difference(watched, caseId)
        if (difference !== undefined) values.add(difference)
      }
      for (const { column } of this.#options.watched) this.#scores.delete(scoreKey(column, caseId))
    }
  }

  #difference({ column, against, metric }: WatchedMetric, caseId: string): number | undefined {
    const repeats = (this.#scores.get(scoreKey(column, caseId)) ?? []).toSorted((x, y) => x.repeat - y.repeat)
    const now = repeats.flatMap(({ scores }) => scores[metric] ?? [])
    return differenceOf(this.#options.base.scores(against, metric, caseId), now)
  }
}

interface Repeat {
  readonly repeat: number
  readonly scores: Readonly<Record<string, number>>
}

function scoreKey(column: ColumnName, caseId: string): string {
  return `${columnName(column)}\0${caseId}`
}

/** True for outcomes that are yes or no. */
export function isPass(metric: string): boolean {
  return metric === 'pass' || metric === 'pass_first'
}
