import type { Cost } from '../../harness/model/usage.ts'
import { count, counted, usd } from '../format/figures.ts'
import type { RollUp } from './roll-up.ts'
import { runsOf } from './roll-up.ts'
import type { RollUpRow } from './rows.ts'

/** What all suites cost together; `unknown` as soon as one of them is. */
export function spentOn(rollUp: RollUp): Cost {
  return runsOf(rollUp).reduce<Cost>((total, { analysis: { spentUsd } }) => {
    return total === 'unknown' || spentUsd === 'unknown' ? 'unknown' : total + spentUsd
  }, 0)
}

/** What is known of it, in USD. */
export function leastSpentOn(rollUp: RollUp): number {
  return runsOf(rollUp).reduce((total, { analysis: { spentUsd, spending } }) => {
    return total + (spentUsd === 'unknown' ? (spending?.total.atLeastUsd ?? 0) : spentUsd)
  }, 0)
}

/** `3 suites · 1,240 cells · $1.20 spent · exit code 1` */
export function totalLine(rollUp: RollUp): string {
  const cells = runsOf(rollUp).reduce((sum, { analysis }) => sum + analysis.cells.planned, 0)
  const parts = [
    counted(rollUp.suites.length, 'suite'),
    counted(cells, 'cell'),
    spentWords(rollUp),
    `exit code ${rollUp.exitCode}`,
  ]
  return parts.join(' · ')
}

function spentWords(rollUp: RollUp): string {
  const spent = spentOn(rollUp)
  if (spent !== 'unknown') return `${usd(spent)} spent`
  const least = leastSpentOn(rollUp)
  return least > 0 ? `at least ${usd(least)} spent` : 'spend unknown'
}

/** What the suites come to together, in the words of the worst of them. */
export function outcomeLine(rows: readonly RollUpRow[]): Pick<RollUpRow, 'word' | 'tone'> {
  const [worst] = rows
  if (worst === undefined) return { word: '? NOT RUN', tone: 'warn' }
  const alike = rows.filter(({ word }) => word === worst.word).length
  const { word, tone } = worst
  return {
    word: `${word}: ${alike === rows.length ? 'all' : `${count(alike)} of`} ${counted(rows.length, 'suite')}`,
    tone,
  }
}
