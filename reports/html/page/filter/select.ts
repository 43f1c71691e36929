import { CHANGES, FLAGS, OUTCOMES } from '../../data/about.ts'
import type { Arm } from '../model/arm.ts'
import { figureValues } from './figure-values.ts'
import type { Condition, Figure, Operator, Status, Term } from './term.ts'
import type { Vocabulary } from './vocabulary.ts'

/** What a filter is tested against. */
export interface Rows {
  readonly arm: Arm
  readonly vocabulary: Vocabulary
  /** A reviewer's mark on a row. */
  readonly markOf: (row: number) => string | undefined
  /** For each row: 1 where its texts hold this text; undefined while nothing was found yet. */
  readonly foundWith: (text: string) => Uint8Array | undefined
}

type Test = (row: number) => boolean

/** The rows that meet every term, ascending. */
export function selectRows(terms: readonly Term[], rows: Rows): Uint32Array {
  let selected = Uint32Array.from({ length: rows.arm.rows }, (_, row) => row)
  for (const term of terms) {
    const test = testOf(term, rows)
    let kept = 0
    for (let i = 0; i < selected.length; i++) {
      const row = selected[i] as number
      if (test(row) !== term.negated) selected[kept++] = row
    }
    selected = selected.subarray(0, kept)
  }
  return selected
}

/** For each column: 1 where every `model:` and `prompt:` of the filter takes it. */
export function selectColumns(terms: readonly Term[], { arm, vocabulary }: Rows): Uint8Array {
  const taken = new Uint8Array(arm.columns.length).fill(1)
  for (const term of terms) {
    if (term.kind !== 'name' || !isOfColumn(term.of)) continue
    const named = union(term.values.map((value) => vocabulary.matches(term.of, value)))
    for (let i = 0; i < taken.length; i++) if ((named[i] === 1) === term.negated) taken[i] = 0
  }
  return taken
}

function testOf(term: Term, rows: Rows): Test {
  const { arm, vocabulary } = rows
  if (term.kind === 'status') return anyOf(term.statuses.map((status) => statusTest(status, rows)))
  if (term.kind === 'name') {
    const named = union(term.values.map((value) => vocabulary.matches(term.of, value)))
    const index = isOfColumn(term.of) ? arm.column : arm.case
    return (row) => named[index[row] as number] === 1
  }
  if (term.kind === 'figure') {
    const values = figureValues(arm, term.figure, vocabulary.metrics)
    return anyOf(term.conditions.map((condition) => figureTest(condition, values, term.figure)))
  }
  const named = vocabulary.casesWith(term.text)
  const found = rows.foundWith(term.text)
  if (found === undefined) return (row) => named[arm.case[row] as number] === 1
  return (row) => named[arm.case[row] as number] === 1 || found[row] === 1
}

function isOfColumn(of: string): boolean {
  return of === 'model' || of === 'prompt'
}

function statusTest(status: Status, { arm, markOf }: Rows): Test {
  if (status === 'reviewed') return (row) => markOf(row) !== undefined
  if (status === 'disputed') return (row) => isDispute(markOf(row))
  if (isOneOf(CHANGES, status)) return equals(arm.change, CHANGES.indexOf(status))
  if (isOneOf(OUTCOMES, status)) return equals(arm.outcome, OUTCOMES.indexOf(status))
  const { flags } = arm
  const bit = FLAGS[status]
  return (row) => ((flags[row] as number) & bit) !== 0
}

function isOneOf<Word extends string>(words: readonly Word[], word: string): word is Word {
  return (words as readonly string[]).includes(word)
}

/** A mark that says the checks were wrong in some way. */
export function isDispute(mark: string | undefined): boolean {
  return mark !== undefined && mark !== 'agree'
}

function equals(values: Uint8Array, wanted: number): Test {
  return (row) => values[row] === wanted
}

/** The block holds single precision: a limit is rounded as the figures were, so that `=0.7` finds 0.7. */
function figureTest(condition: Condition, values: ArrayLike<number>, { of }: Figure): Test {
  if (condition === 'none') return (row) => Number.isNaN(values[row])
  const shift = of === 'repeat' ? 1 : 0
  const limit = values instanceof Float32Array ? Math.fround(condition.value) : condition.value - shift
  return COMPARED[condition.op](values, limit)
}

/** Each compares in a function of its own: one look at the operator for all rows. */
const COMPARED: Readonly<Record<Operator, (values: ArrayLike<number>, limit: number) => Test>> = {
  '<': (values, limit) => (row) => (values[row] as number) < limit,
  '<=': (values, limit) => (row) => (values[row] as number) <= limit,
  '>': (values, limit) => (row) => (values[row] as number) > limit,
  '>=': (values, limit) => (row) => (values[row] as number) >= limit,
  '=': (values, limit) => (row) => values[row] === limit,
}

function anyOf(tests: readonly Test[]): Test {
  const [only] = tests
  if (tests.length === 1 && only !== undefined) return only
  return (row) => tests.some((test) => test(row))
}

function union(bitmaps: readonly Uint8Array[]): Uint8Array {
  const [first = new Uint8Array(0), ...others] = bitmaps
  if (others.length === 0) return first
  const all = Uint8Array.from(first)
  for (const bits of others) for (let i = 0; i < all.length; i++) if (bits[i] === 1) all[i] = 1
  return all
}
