import type { ColumnAnalysis } from '../../harness/model/analysis.ts'
import type { ReportInput } from '../../harness/model/report.ts'
import { count, counted, latency, percent, range } from '../format/figures.ts'
import { costPer1000 } from '../format/spending.ts'

/** What a roll-up shows of a column, in order. */
export const COLUMN_FIGURES: readonly {
  readonly label: string
  readonly of: (column: ColumnAnalysis) => string
}[] = [
  { label: 'pass rate', of: ({ passRate }) => percent(passRate) },
  { label: '95% interval', of: ({ interval }) => range(interval) },
  { label: 'latency p50', of: ({ latencyMs }) => latency(latencyMs, 'p50') },
  { label: 'p95', of: ({ latencyMs }) => latency(latencyMs, 'p95') },
  { label: 'cost per 1,000 calls', of: costPer1000 },
]

/** `1,240 cells, 12 failed, 3 errored` */
export function cellWords({ analysis: { cells } }: ReportInput): string {
  const others = (['failed', 'errored', 'absent'] as const).filter((kind) => cells[kind] > 0)
  return [
    counted(cells.planned, 'cell'),
    ...(others.length === 0 ? [`${count(cells.passed)} passed`] : []),
    ...others.map((kind) => `${count(cells[kind])} ${kind}`),
  ].join(', ')
}
