import type { Analysis } from '../../harness/model/analysis.ts'
import { count, counted, percent } from './figures.ts'
import { spent } from './spending.ts'

/** What a run's cells came to, what calls they took and what those cost: a few words each. */
export function totals(analysis: Analysis): string[] {
  const { cells, calls } = analysis
  const scored = cells.passed + cells.failed
  return [
    counted(cells.planned, 'cell'),
    scored === 0
      ? '0 passed'
      : `${count(cells.passed)} passed (${percent(cells.passed / scored)} of those scored)`,
    `${count(cells.failed)} failed`,
    `${count(cells.errored)} errored`,
    ...(cells.absent > 0 ? [`${count(cells.absent)} absent`] : []),
    `${counted(calls.made, 'call')} made, ${count(calls.replayed)} replayed, ${count(calls.retried)} retried`,
    spent(analysis),
  ]
}
