import type { RefObject } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { InlineText } from '../safe-text/inline-text.tsx'
import { visibleText } from '../safe-text/marks.ts'
import { cellClass, scrollLeftFor } from './grid-layout.ts'
import type { GridColumn, Layout } from './grid-model.ts'

interface GridHeadProps {
  readonly columns: readonly GridColumn[]
  readonly layout: Layout
  readonly scroller: RefObject<HTMLElement | null>
  readonly onSort: ((key: string) => void) | undefined
}

/** The names of the columns. They are one stop of the Tab key; arrows go from one to the next. */
export function GridHead({ columns, layout, scroller, onSort }: GridHeadProps) {
  const [at, setAt] = useState(0)
  const wanted = useRef<number | undefined>(undefined)
  useLayoutEffect(() => {
    const element = scroller.current
    if (wanted.current === undefined || element === null) return
    const button = element.querySelector<HTMLElement>(`.grid-head [data-head="${wanted.current}"]`)
    if (button === null) return
    wanted.current = undefined
    button.focus({ preventScroll: true })
  })
  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: columns.length - 1 }[event.key]
    if (event.key === 'ArrowDown') scroller.current?.focus({ preventScroll: true })
    else if (to === undefined || columns[to] === undefined) return
    else {
      const element = scroller.current
      if (element !== null) {
        element.scrollLeft = scrollLeftFor(to, columns, layout, element.scrollLeft, element.clientWidth)
      }
      wanted.current = to
      setAt(to)
    }
    event.preventDefault()
  }
  const stop = layout.drawn.includes(at) ? at : layout.drawn[0]
  return (
    <div class="grid-head" role="rowgroup">
      <div class="grid-row" role="row" aria-rowindex={1} onKeyDown={onKeyDown}>
        {layout.drawn.map((index, i) => {
          const column = columns[index] as GridColumn
          return (
            <div
              key={index}
              class={cellClass(layout, i, column.isNumber)}
              role="columnheader"
              aria-colindex={index + 1}
              aria-sort={onSort === undefined ? undefined : (column.sort ?? 'none')}
            >
              <button
                type="button"
                data-head={index}
                data-sorted={column.sort !== undefined}
                tabIndex={index === stop ? 0 : -1}
                title={visibleText(
                  column.subtitle === undefined ? column.title : `${column.title} × ${column.subtitle}`,
                )}
                onFocus={() => setAt(index)}
                onClick={() => onSort?.(column.key)}
              >
                <span class="title">
                  <InlineText text={column.title} limit={80} />
                  {column.subtitle !== undefined && (
                    <span class="subtitle">
                      <InlineText text={column.subtitle} limit={80} />
                    </span>
                  )}
                </span>
                {column.sort !== undefined && (
                  <span aria-hidden="true">{column.sort === 'ascending' ? '↑' : '↓'}</span>
                )}
              </button>
            </div>
          )
        })}
      </div>
    </div>
  )
}
