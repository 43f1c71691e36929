import { lookedAt } from '../../../../../harness/history/level-shifts.ts'
import type { History, HistoryEntry } from '../../../../../harness/model/history.ts'

const COLUMN = { prompt: 'few-shot', provider: 'sonnet' }

/** Runs whose pass rate is 0.70, 0.71, …, the last one the run that is shown. */
export function makeHistory(n: number, parts: Partial<History> = {}): History {
  const runs = Array.from({ length: n }, (_, i): HistoryEntry => ({
    id: i === n - 1 ? 'run-1' : `earlier-${i}`,
    dir: `runs/${i}`,
    at: `2026-11-${String(i + 1).padStart(2, '0')}T10:00:00.000Z`,
    decision: i === 0 ? 'block' : 'pass',
    exitCode: i === 0 ? 1 : 0,
    suiteHash: 'abc',
    isWhole: true,
    cells: { planned: 100, passed: 70 + i, failed: 30 - i, errored: 0, absent: 0 },
    spentUsd: 1,
    columns: [
      {
        ...COLUMN,
        hash: 'h',
        scored: 100,
        replayed: 0,
        quality: 0.7 + i / 100,
        interval: { lo: 0.6, hi: 0.9 },
        latency: 800,
        cost: 0.001,
        refusal: null,
        length: 3,
      },
    ],
  }))
  return { suite: 'sentiment', runs, shifts: [], looked: lookedAt(runs), unread: [], ...parts }
}
