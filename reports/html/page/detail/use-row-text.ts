import { useEffect, useState } from 'preact/hooks'
import type { RowText } from '../model/arm.ts'
import type { ReportData } from '../model/report-data.ts'
import type { CellRef } from './case-rows.ts'

/** A cell's record as it is read: a block may have to be inflated first. */
export type ReadText =
  | { readonly state: 'none' | 'reading' }
  | { readonly state: 'read'; readonly trial: RowText }
  | { readonly state: 'broken'; readonly message: string }

const NONE: ReadText = { state: 'none' }
const READING: ReadText = { state: 'reading' }

/** The record of a cell. That of a cell which was left meanwhile is never shown for another. */
export function useRowText({ texts }: ReportData, cell: CellRef | undefined): ReadText {
  const key = cell === undefined ? '' : `${cell.arm}:${cell.row}`
  const [found, setFound] = useState<{ readonly key: string; readonly text: ReadText }>()
  useEffect(() => {
    if (cell === undefined) return undefined
    let isWanted = true
    const tell = (text: ReadText) => isWanted && setFound({ key, text })
    texts.read(cell.arm, cell.row).then(
      (trial) => tell({ state: 'read', trial }),
      (error: unknown) =>
        tell({ state: 'broken', message: error instanceof Error ? error.message : String(error) }),
    )
    return () => (isWanted = false)
    // The key is the cell.
  }, [texts, key])
  if (cell === undefined) return NONE
  return found?.key === key ? found.text : READING
}
