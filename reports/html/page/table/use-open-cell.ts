import { useMemo } from 'preact/hooks'
import type { CellRef } from '../detail/case-rows.ts'
import type { ReportData } from '../model/report-data.ts'
import { rowOf } from '../state/cell-id.ts'
import type { ViewState } from '../state/view-state.ts'

export interface OpenCell {
  readonly row: number | undefined
  readonly compare: CellRef | undefined
  /** A sentence for each cell that the address names and this file lacks. */
  readonly missing: readonly string[]
}

/** The cells that the address names, found in this file. */
export function useOpenCell({ main, base }: ReportData, { cell, compare }: ViewState): OpenCell {
  return useMemo(() => {
    const row = cell === undefined ? undefined : rowOf(main, cell)
    const arm = compare?.arm === 'base' ? base : main
    const other = compare === undefined || arm === undefined ? undefined : rowOf(arm, compare.cell)
    const missing = [
      ...(cell !== undefined && row === undefined
        ? [`Cell ${cell}, which the link names, is not in this report.`]
        : []),
      ...(compare !== undefined && other === undefined
        ? [`Cell ${compare.cell}, which the link compares with, is not in this report.`]
        : []),
    ]
    return {
      row,
      compare: compare === undefined || other === undefined ? undefined : { arm: compare.arm, row: other },
      missing,
    }
  }, [cell, compare?.arm, compare?.cell])
}
