import { columnName } from '../../../../harness/model/comparison.ts'
import type { SliceFigures } from '../../data/cell-figures.ts'
import type { ReportView } from '../../page-module.ts'
import { count, counted, percent } from '../../../format/figures.ts'
import { AxisRow, GridLines, ROW } from './axis.tsx'
import { ChartFigure } from './figure.tsx'
import { columnLabel, label } from './labels.ts'
import { LegendMark, Mark } from './mark.tsx'
import { linearScale } from './scale.ts'

const SHOWN = { slices: 20, columns: 6 }
/** Fewer scored cells than this say nothing of a slice. */
const LEAST = 5

/** Pass rates by slice, a mark a column, the weakest slice first. */
export function Slices({ view }: { view: ReportView }) {
  const scored = view.figures.slices.filter((slice) => slice.scored >= LEAST)
  if (scored.length === 0) return null
  const columns = view.input.analysis.columns.map(columnName)
  const shownColumns = columns.slice(0, SHOWN.columns)
  const bySlice = Map.groupBy(scored, ({ slice }) => slice)
  const slices = [...bySlice].toSorted(([, a], [, b]) => weakest(a) - weakest(b))
  const shown = slices.slice(0, SHOWN.slices)
  const scale = linearScale([0, 1], 5)
  const rest = slices.length - shown.length
  return (
    <ChartFigure
      id="slices"
      title={finding(scored)}
      note={`Pass rate of the cells that carry a tag or a value of their metadata, slices of fewer than ${LEAST} scored cells left out. Repeats of a case are counted as they come: no interval is drawn, and small slices vary by chance.`}
      table={{
        caption: 'Pass rate by slice and column',
        head: ['slice', 'column', 'pass rate', 'passed', 'scored'],
        rows: shown.flatMap(([slice, figures]) =>
          figures.map((one) => [
            label(slice),
            columnLabel(one.column),
            percent(rateOf(one)),
            count(one.passed),
            count(one.scored),
          ]),
        ),
        note: rest > 0 ? `… and ${counted(rest, 'more slice')} in analysis.json.` : undefined,
      }}
    >
      <div class="slices" role="img" aria-label={`${finding(scored)} The figures are in the table below.`}>
        {shown.map(([slice, figures]) => (
          <div key={slice} class="chart-row">
            <span class="chart-label">{label(slice)}</span>
            <svg class="plot" width="100%" height={ROW} aria-hidden="true">
              <GridLines scale={scale} />
              {figures.map((one, i) => {
                const series = columns.indexOf(columnName(one.column))
                return series < SHOWN.columns && series >= 0 ? (
                  <Mark key={i} x={scale.at(rateOf(one))} y="50%" series={series} />
                ) : null
              })}
            </svg>
            <span class="chart-figure">
              {percent(weakest(figures))} <span class="quiet">at worst</span>
            </span>
          </div>
        ))}
        <div class="chart-row axis-row">
          <span />
          <AxisRow scale={scale} format={percent} label="pass rate" />
          <span />
        </div>
      </div>
      <ol class="legend">
        {shownColumns.map((column, series) => (
          <li key={series}>
            <LegendMark series={series} /> {label(column)}
          </li>
        ))}
        {columns.length > SHOWN.columns && (
          <li>{counted(columns.length - SHOWN.columns, 'more column')} only in the table</li>
        )}
      </ol>
    </ChartFigure>
  )
}

function rateOf({ passed, scored }: SliceFigures): number {
  return scored === 0 ? 0 : passed / scored
}

function weakest(figures: readonly SliceFigures[]): number {
  return Math.min(...figures.map(rateOf))
}

function finding(slices: readonly SliceFigures[]): string {
  const [worst] = slices.toSorted((a, b) => rateOf(a) - rateOf(b) || b.scored - a.scored)
  if (worst === undefined) return 'No slice has enough cells.'
  if (rateOf(worst) === 1) return 'Every slice passes throughout, in every column.'
  return `Weakest slice: ${label(worst.slice)} in ${columnLabel(worst.column)}, ${percent(rateOf(worst))} of ${counted(worst.scored, 'scored cell')}.`
}
