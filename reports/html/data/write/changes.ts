import type { RunComparison } from '../../../../harness/model/comparison.ts'
import type { ChangeWord } from '../about.ts'
import { CHANGES, FLAGS, OUTCOMES } from '../about.ts'
import type { ArmNumbers } from './arm-numbers.ts'
import type { Cases } from './cases.ts'
import type { Columns } from './columns.ts'
import type { Groups, Repeats } from './groups.ts'
import type { Pairs } from './pairs.ts'

const PASSED = OUTCOMES.indexOf('passed')
const ERRORED = OUTCOMES.indexOf('errored')

export interface ArmRows {
  readonly numbers: ArmNumbers
  readonly groups: Groups
}

interface Compared {
  readonly main: ArmRows
  readonly base: ArmRows | undefined
  readonly pairs: Pairs
  readonly comparison: RunComparison | undefined
  readonly cases: Cases
  readonly columns: Columns
}

/** Marks, for every row of the run, whether its repeats disagree, and what came of its case and column against the baseline. */
export function markChanges(compared: Compared): void {
  const { main, comparison } = compared
  const [flags, change] = [main.numbers.values('flags'), main.numbers.values('change')]
  const flips = comparison === undefined ? undefined : flipsOf(comparison, compared)
  for (const { caseNumber, column, repeats } of main.groups.all()) {
    const { passed, of } = passesOf(main.numbers, repeats)
    if (passed > 0 && passed < of)
      for (const row of repeats) flags[row] = (flags[row] as number) | FLAGS.flaky
    if (flips === undefined) continue
    const word = flips.find(caseNumber, column) ?? changeOf(compared, { caseNumber, column, repeats }, flips)
    for (const row of repeats) change[row] = CHANGES.indexOf(word)
  }
}

interface KnownFlips {
  find(caseNumber: number, column: number): ChangeWord | undefined
  /** True where the analysis lists every flip. */
  readonly isWhole: boolean
}

function flipsOf({ flips, flipCounts }: RunComparison, { cases, columns }: Compared): KnownFlips {
  const known = new Map<string, ChangeWord>()
  for (const { caseId, column, base, candidate } of flips) {
    const word = candidate.passed * base.of < base.passed * candidate.of ? 'regressed' : 'improved'
    known.set(`${cases.find(caseId)} ${columns.find(column)}`, word)
  }
  return {
    find: (caseNumber, column) => known.get(`${caseNumber} ${column}`),
    isWhole: flips.length >= flipCounts.worse + flipCounts.better,
  }
}

/**
 * By the passes of as many repeats of both arms. Where these differ and the analysis, which lists all that differ, does not say so, the
 * replies on record were checked again, or are not comparable: nothing is said.
 */
function changeOf(
  { main, base, pairs }: Compared,
  { caseNumber, column, repeats }: { caseNumber: number; column: number; repeats: Repeats },
  { isWhole }: KnownFlips,
): ChangeWord {
  const [own, other] = [pairs.against[column] ?? -1, pairs.base[column] ?? -1]
  const arm = own === -1 ? base : main
  const before = own === -1 ? base?.groups.find(caseNumber, other) : main.groups.find(caseNumber, own)
  if (arm === undefined || before === undefined) return 'none'
  const k = Math.min(passesOf(main.numbers, repeats).of, passesOf(arm.numbers, before).of)
  if (k === 0) return 'none'
  const difference = passesOf(main.numbers, repeats, k).passed - passesOf(arm.numbers, before, k).passed
  if (difference === 0) return 'same'
  if (isWhole) return 'none'
  return difference < 0 ? 'regressed' : 'improved'
}

/** Of the first `most` repeats that were scored. */
function passesOf(
  numbers: ArmNumbers,
  repeats: Repeats,
  most = Infinity,
): { readonly passed: number; readonly of: number } {
  const outcome = numbers.values('outcome')
  let [passed, of] = [0, 0]
  for (const row of repeats) {
    if (of >= most) break
    if (outcome[row] === ERRORED) continue
    of++
    if (outcome[row] === PASSED) passed++
  }
  return { passed, of }
}
