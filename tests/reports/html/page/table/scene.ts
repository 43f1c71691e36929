/** A page with nothing but the cells: how many stands in its address. Built for a browser by the tests beside it. */
import '../../../../../reports/html/page/style/base.css'
import '../../../../../reports/html/page/style/sections.css'
import '../../../../../reports/html/page/style/table.css'
import '../../../../../reports/html/page/style/detail.css'
import { mountCells } from '../../../../../reports/html/page/table/mount.tsx'
import { makeReport, slowSearch } from './make-report.ts'

const asked = new URLSearchParams(location.search)
const number = (name: string, usual: number) => Number(asked.get(name) ?? usual)
const pairs = Array.from({ length: number('columns', 10) }, (_, i) => {
  const pair: [string, string] = [i % 2 === 0 ? 'zero-shot' : 'few-shot', `model-${Math.floor(i / 2)}`]
  return pair
})
const report = makeReport({
  cases: number('cases', 10_000),
  columns: pairs,
  repeats: number('repeats', 1),
  metrics: Array.from({ length: number('metrics', 2) }, (_, i) => `metric-${i}`),
})
const place = document.querySelector<HTMLElement>('#cells')
if (place !== null) mountCells({ ...report, search: slowSearch(report.search) }, place)
