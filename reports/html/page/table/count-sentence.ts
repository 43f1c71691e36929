import { count, counted } from '../../../format/figures.ts'
import type { ReportData } from '../model/report-data.ts'
import type { ShownCells } from './use-cells.ts'

/** `1,204 of 100,000 cells` */
export function countSentence({ main, cases }: ReportData, { rows, grouped }: ShownCells): string {
  const cells = part(rows.length, main.rows, 'cell')
  return grouped === undefined ? cells : `${part(grouped.cases.length, cases.size, 'case')}, ${cells}`
}

function part(n: number, of: number, noun: string): string {
  return n === of ? counted(of, noun) : `${count(n)} of ${counted(of, noun)}`
}
