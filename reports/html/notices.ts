import { counted } from '../format/figures.ts'
import type { CollectedCells } from './data/write/collect-cells.ts'

/** What a reader must know of the file itself. */
export function pageNotices({
  cells,
  isOver,
  beside,
}: {
  readonly cells: Pick<CollectedCells, 'metricsLeftOut'>
  /** True where the texts are more than a page should hold. */
  readonly isOver: boolean
  /** Blocks that lie beside it. */
  readonly beside: number
}): string {
  const notices = [
    beside > 0 &&
      'This run is too large for one file: a part of its texts lies in the folder beside it. Keep the two together.',
    isOver &&
      beside === 0 &&
      'This file is very large, since all texts of the run are in it: a browser may be slow to open it.',
    cells.metricsLeftOut > 0 &&
      `${counted(cells.metricsLeftOut, 'metric')} of this run have no column in the table: each cell’s own view has them.`,
  ].filter((notice) => notice !== false)
  if (notices.length === 0) return ''
  return `<aside class="page-notice" aria-label="About this file">${notices.map((notice) => `<p>${notice}</p>`).join('')}</aside>\n`
}
