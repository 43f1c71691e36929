import type { ColumnAnalysis } from '../../../../harness/model/analysis.ts'
import { columnName } from '../../../../harness/model/column-name.ts'
import type { ReportInput } from '../../../../harness/model/report.ts'
import type { Measure, MeasureTable } from '../../../../harness/model/measure.ts'
import { measureInterval, measureValue } from '../../../format/measures.ts'
import { InlineText } from '../safe-text/inline-text.tsx'
import { ColumnHeads } from './column-heads.tsx'
import { LISTED, UNITS } from './limits.ts'
import { More } from './more.tsx'
import { Figure, ScrollTable } from './scroll-table.tsx'

const NOTE =
  'What a check says of a whole column and no mean of scores can tell. In parentheses the 95% interval, by cases.'

/** A table for each check that saw more than scores; what it breaks down to is folded. */
export function Measures({ input: { analysis } }: { readonly input: ReportInput }) {
  const checks = new Set(analysis.columns.flatMap(({ measures = [] }) => measures.map(({ check }) => check)))
  if (checks.size === 0) return null
  return (
    <>
      <h3>Measures of checks</h3>
      {[...checks].slice(0, LISTED.metrics).map((check) => (
        <OfCheck check={check} columns={analysis.columns} />
      ))}
      <More of={checks.size} listed={LISTED.metrics} noun="check" />
    </>
  )
}

function OfCheck({
  check,
  columns,
}: {
  readonly check: string
  readonly columns: readonly ColumnAnalysis[]
}) {
  const found = columns.flatMap((column) => {
    const of = column.measures?.filter((each) => each.check === check) ?? []
    if (of.length === 0) return []
    return [{ column, measures: of.flatMap((one) => one.measures), tables: of.flatMap((one) => one.tables) }]
  })
  const heads = new Map(found.flatMap(({ measures }) => measures.map(({ name, label }) => [name, label])))
  return (
    <>
      {heads.size > 0 && (
        <ScrollTable
          label={`Measures of ${check}`}
          caption={
            <>
              <InlineText text={check} limit={UNITS.name} />. {NOTE}
            </>
          }
          head={[
            { title: 'prompt' },
            { title: 'model' },
            ...[...heads.values()].map((title) => ({ title, number: true })),
          ]}
        >
          {found.slice(0, LISTED.columns).map(({ column, measures }) => (
            <tr>
              <ColumnHeads column={column} />
              {[...heads.keys()].map((name) => (
                <Figure>
                  <Value measure={measures.find((measure) => measure.name === name)} />
                </Figure>
              ))}
            </tr>
          ))}
        </ScrollTable>
      )}
      <More of={found.length} listed={LISTED.columns} noun="column" />
      {found.slice(0, LISTED.metricColumns).map(({ column, tables }) => (
        <Tables name={columnName(column)} check={check} tables={tables} />
      ))}
    </>
  )
}

function Value({ measure }: { readonly measure: Measure | undefined }) {
  if (measure === undefined) return null
  const interval = measureInterval(measure)
  return (
    <>
      {measureValue(measure.value, measure.unit)}
      {interval !== '' && <span class="quiet"> ({interval})</span>}
    </>
  )
}

interface TablesProps {
  readonly name: string
  readonly check: string
  readonly tables: readonly MeasureTable[]
}

function Tables({ name, check, tables }: TablesProps) {
  if (tables.length === 0) return null
  return (
    <details class="rest">
      <summary>
        <InlineText text={`${check} in ${name}`} limit={UNITS.name} />
      </summary>
      {tables.map((table) => (
        <ScrollTable
          label={`${table.title}, ${name}`}
          caption={<InlineText text={table.title} />}
          head={table.heads.map((title, index) => ({ title, number: index > 0 }))}
        >
          {table.rows.slice(0, LISTED.others).map(({ head, cells }) => (
            <tr>
              <th scope="row">
                <InlineText text={head} limit={UNITS.column} />
              </th>
              {cells.map((cell) => (
                <Figure>{measureValue(cell, table.unit)}</Figure>
              ))}
            </tr>
          ))}
        </ScrollTable>
      ))}
    </details>
  )
}
