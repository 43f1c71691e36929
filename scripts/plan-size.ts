import type { Plan } from '../harness/model/plan.ts'
import { counted } from '../reports/format/figures.ts'

/** `600 cells = 100 cases × 2 columns × 3 repeats`; where filters or a case's own repeats leave another number, so. */
export function describeSize({ size, columns }: Pick<Plan, 'size' | 'columns'>): string {
  const { cells, cases, repeats } = size
  const parts = [
    counted(cases, 'case'),
    counted(columns.length, 'column'),
    ...(repeats > 1 ? [counted(repeats, 'repeat')] : []),
  ]
  return cells === cases * columns.length * repeats
    ? `${counted(cells, 'cell')} = ${parts.join(' × ')}`
    : `${counted(cells, 'cell')} of ${counted(cases, 'case')}, at most ${parts.slice(1).join(' × ')}`
}
