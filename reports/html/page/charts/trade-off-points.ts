import type { Analysis } from '../../../../harness/model/analysis.ts'
import { isSameColumn, type ColumnName } from '../../../../harness/model/comparison.ts'
import { columnLabel } from './labels.ts'

/** A column by its quality and one price of it; where it stood in the baseline, if that is known. */
export interface TradePoint {
  readonly column: string
  /** Number in the legend, from 0. */
  readonly series: number
  /** Pass rate. */
  readonly quality: number
  /** USD per 1,000 cells, or ms. */
  readonly price: number
  readonly before: { readonly quality: number; readonly price: number } | undefined
  /** No other column passes as often for less. */
  readonly onFront: boolean
}

export type Price = 'cost' | 'latency'

/** The columns that have both figures, in the order of the run. */
export function tradePoints({ columns, comparison }: Analysis, price: Price): TradePoint[] {
  const points = columns.flatMap((column, series) => {
    const value = price === 'cost' ? column.costPer1000Usd : column.latencyMs.p50
    if (column.passRate === null || value === null || value === 'unknown') return []
    const point = { column: columnLabel(column), series, quality: column.passRate, price: value }
    return [{ ...point, before: before(column, comparison, price) }]
  })
  return points.map((point) =>
    Object.assign(point, { onFront: !points.some((other) => dominates(other, point)) }),
  )
}

function before(column: ColumnName, comparison: Analysis['comparison'], price: Price): TradePoint['before'] {
  const isOf = (one: { readonly column: ColumnName }): boolean => isSameColumn(one.column, column)
  const quality = comparison?.metrics.find((one) => isOf(one) && one.metric === 'pass')?.base.mean
  const value =
    price === 'cost' ? times1000(comparison?.cost.find(isOf)?.base) : comparison?.latency.find(isOf)?.base.p50
  return quality === undefined || value === undefined ? undefined : { quality, price: value }
}

function dominates(
  a: Pick<TradePoint, 'quality' | 'price'>,
  b: Pick<TradePoint, 'quality' | 'price'>,
): boolean {
  return a.quality >= b.quality && a.price <= b.price && (a.quality > b.quality || a.price < b.price)
}

function times1000(usd: number | undefined): number | undefined {
  return usd === undefined ? undefined : usd * 1000
}
