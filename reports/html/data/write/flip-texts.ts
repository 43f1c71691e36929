import type { Analysis } from '../../../../harness/model/analysis.ts'
import type { ColumnName } from '../../../../harness/model/column-name.ts'
import type { Outcome, Trial } from '../../../../harness/model/trial.ts'
import { fallenCases } from '../../../format/flips.ts'
import { cut, outputText } from '../../../format/plain.ts'
import { cellName } from '../cell-name.ts'
import type { FlipTexts } from '../cell-figures.ts'
import type { Columns } from './columns.ts'
import type { Pairs } from './pairs.ts'

/** Cases whose texts the page shows without a script. */
const MOST = 50
/** UTF-16 units of a text. */
const LIMIT = 20_000

/** A reply that is kept: of the repeats that show it best, the first. */
interface Kept {
  readonly rank: number
  readonly cell: string
  readonly output: string
  readonly prompt: string
}

interface Wanted {
  readonly caseId: string
  readonly column: ColumnName
  /** The outcome that shows the change in the run; the baseline's shows the other. */
  readonly shows: Outcome
  candidate?: Kept
  base?: Kept
}

/** Texts of the cases that the page names, picked out of the trials as they pass. */
export class FlipCollector {
  readonly #wanted: readonly Wanted[]
  /** By case and number of the column. */
  readonly #main = new Map<string, Wanted[]>()
  readonly #ownBase = new Map<string, Wanted[]>()
  readonly #base = new Map<string, Wanted[]>()

  constructor(analysis: Analysis, columns: Columns, pairs: Pairs) {
    this.#wanted = wantedOf(analysis)
    for (const wanted of this.#wanted) {
      const column = columns.find(wanted.column)
      put(this.#main, keyOf(wanted.caseId, column), wanted)
      const [own, other] = [pairs.against[column] ?? -1, pairs.base[column] ?? -1]
      if (own !== -1) put(this.#ownBase, keyOf(wanted.caseId, own), wanted)
      else if (other !== -1) put(this.#base, keyOf(wanted.caseId, other), wanted)
    }
  }

  addMain(trial: Trial, column: number): void {
    if (this.#wanted.length === 0) return
    const key = keyOf(trial.cell.caseId, column)
    for (const wanted of this.#main.get(key) ?? [])
      wanted.candidate = better(wanted.candidate, trial, trial.outcome === wanted.shows)
    for (const wanted of this.#ownBase.get(key) ?? []) keepBase(wanted, trial)
  }

  addBase(trial: Trial, column: number): void {
    if (this.#wanted.length === 0) return
    for (const wanted of this.#base.get(keyOf(trial.cell.caseId, column)) ?? []) keepBase(wanted, trial)
  }

  finish(): FlipTexts[] {
    return this.#wanted.flatMap(({ caseId, column, candidate, base }): FlipTexts[] =>
      candidate === undefined
        ? []
        : [
            {
              caseId,
              column,
              cell: candidate.cell,
              output: candidate.output,
              prompt: candidate.prompt,
              baseOutput: base?.output,
              basePrompt: base?.prompt,
            },
          ],
    )
  }
}

function wantedOf({ comparison, worst }: Analysis): Wanted[] {
  const found = new Map<string, Wanted>()
  const want = (caseId: string, column: ColumnName, shows: Outcome) => {
    const key = `${caseId}\0${column.prompt}\0${column.provider}`
    if (found.size < MOST && !found.has(key)) found.set(key, { caseId, column, shows })
  }
  if (comparison !== undefined) {
    for (const { at } of fallenCases(comparison)) want(at.caseId, at.column, 'failed')
    for (const { caseId, column } of comparison.flips) want(caseId, column, 'passed')
  }
  for (const { caseId, columns } of worst) {
    const [column] = columns
    if (column !== undefined) want(caseId, { prompt: column.prompt, provider: column.provider }, 'failed')
  }
  return [...found.values()]
}

function keepBase(wanted: Wanted, trial: Trial): void {
  wanted.base = better(wanted.base, trial, trial.outcome !== wanted.shows && trial.outcome !== 'errored')
}

/** What shows the change goes before what does not, then the earlier repeat. */
function better(kept: Kept | undefined, trial: Trial, shows: boolean): Kept {
  const rank = (shows ? 0 : 2 ** 32) + trial.cell.repeat
  if (kept !== undefined && kept.rank <= rank) return kept
  const { cell, output, request } = trial
  return {
    rank,
    cell: cellName(cell.id),
    output: cut(outputText(output), LIMIT),
    prompt: cut(request.prompt, LIMIT),
  }
}

function keyOf(caseId: string, column: number): string {
  return `${column} ${caseId}`
}

function put(map: Map<string, Wanted[]>, key: string, wanted: Wanted): void {
  const known = map.get(key)
  if (known === undefined) map.set(key, [wanted])
  else known.push(wanted)
}
