import type { ComponentChildren } from 'preact'

/** A table of a chart's figures: the first cell of a row is its heading. */
export interface FigureTable {
  readonly caption: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** Said beneath it, as what was left out. */
  readonly note?: string | undefined
}

interface FigureProps {
  readonly id: string
  /** What the chart shows, as a finding. */
  readonly title: string
  /** How it is to be read, and how it can mislead. */
  readonly note: string
  readonly table: FigureTable
  readonly children: ComponentChildren
}

/** A chart under a title that states its finding, with its figures in a table behind it. */
export function ChartFigure({ id, title, note, table, children }: FigureProps) {
  return (
    <figure class="chart" id={id}>
      <figcaption>
        <h3>{title}</h3>
        <p class="quiet">{note}</p>
      </figcaption>
      {children}
      <details class="figures">
        <summary>Figures of this chart</summary>
        <div class="scroll" tabIndex={0} role="region" aria-label={table.caption}>
          <table>
            <caption>{table.caption}</caption>
            <thead>
              <tr>
                {table.head.map((title, i) => (
                  <th key={title} scope="col" class={i === 0 ? undefined : 'number'}>
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map(([heading, ...cells], i) => (
                <tr key={i}>
                  <th scope="row">{heading}</th>
                  {cells.map((cell, j) => (
                    <td key={j} class="number">
                      {cell}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        {table.note !== undefined && <p class="quiet">{table.note}</p>}
      </details>
    </figure>
  )
}
