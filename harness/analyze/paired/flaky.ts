import type { FlakyCase, RepeatChances } from '../../model/comparison.ts'
import { passAtK, passHatK } from '../../stats/pass-at-k.ts'
import { nameOf } from './compare-metric.ts'
import type { ScoreTable } from './score-table.ts'

/** Flaky cases that an analysis lists. */
const LISTED = 200

const NONE: ReadonlySet<string> = new Set()

/** Cases whose repeats disagree in a column, those nearest to a coin's toss first. */
export function flakyCases(table: ScoreTable, quarantined: ReadonlySet<string> = NONE): FlakyCase[] {
  const found: (FlakyCase & { readonly order: number })[] = []
  const scores: number[] = []
  for (const [order, column] of table.columns.entries()) {
    const view = table.view(column)
    const numbers = view.numbers.ofAll(table.cases)
    for (const [i, { id, description, source }] of table.cases.entries()) {
      const of = view.read('pass', numbers[i] as number, scores)
      const passed = passesOf(scores, of)
      if (passed === 0 || passed === of) continue
      found.push({
        caseId: id,
        ...(description !== undefined && { description }),
        ...(source !== undefined && { source }),
        column: nameOf(column),
        passed,
        of,
        ...(quarantined.has(id) && { quarantined: true }),
        order,
      })
    }
  }
  return found
    .sort(
      (a, b) =>
        stability(a) - stability(b) ||
        b.of - a.of ||
        (a.caseId === b.caseId ? a.order - b.order : a.caseId < b.caseId ? -1 : 1),
    )
    .slice(0, LISTED)
    .map(({ order, ...flaky }) => {
      void order
      return flaky
    })
}

/** How far a case's rate is from a half. */
function stability({ passed, of }: FlakyCase): number {
  return Math.abs(passed / of - 0.5)
}

/**
 * Chances that at least one of k repeats passes, and that all do, averaged over the cases of a column. k is the number of finished repeats that
 * most cases have; those with fewer, as after an error, are left out. Nothing for a column of single runs.
 */
export function repeatChances(table: ScoreTable): RepeatChances[] {
  const scores: number[] = []
  return table.columns.flatMap((column) => {
    const view = table.view(column)
    const counts = [...view.numbers.ofAll(table.cases)].flatMap((number) => {
      const of = view.read('pass', number, scores)
      return of === 0 ? [] : [{ of, passed: passesOf(scores, of) }]
    })
    const k = commonest(counts.map(({ of }) => of))
    const whole = counts.filter(({ of }) => of >= k)
    if (k < 2) return []
    const mean = (chance: typeof passAtK) =>
      whole.reduce((sum, { of, passed }) => sum + chance(of, passed, k), 0) / whole.length
    return [{ column: nameOf(column), k, passAtK: mean(passAtK), passHatK: mean(passHatK) }]
  })
}

/** The value that is there most often, the larger of two such; 0 of none. */
function commonest(values: readonly number[]): number {
  const counts = new Map<number, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  const [first] = [...counts].sort(([a, n], [b, m]) => m - n || b - a)
  return first?.[0] ?? 0
}

function passesOf(scores: readonly number[], of: number): number {
  let passed = 0
  for (let r = 0; r < of; r++) if (scores[r] === 1) passed++
  return passed
}
