import { useEffect, useRef } from 'preact/hooks'
import { InlineText } from '../safe-text/inline-text.tsx'
import type { CellColumn } from './columns.tsx'

interface ColumnChooserProps {
  readonly columns: readonly CellColumn[]
  readonly shown: ReadonlySet<string>
  /** Undefined for the usual ones. */
  readonly onShown: (keys: readonly string[] | undefined) => void
}

/** Which columns the table has. The case is always among them. */
export function ColumnChooser({ columns, shown, onShown }: ColumnChooserProps) {
  const menu = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    const close = (event: Event) => {
      const element = menu.current
      if (element?.open && !element.contains(event.target as Node)) element.open = false
    }
    addEventListener('pointerdown', close)
    addEventListener('focusin', close)
    return () => {
      removeEventListener('pointerdown', close)
      removeEventListener('focusin', close)
    }
  }, [])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || menu.current === null) return
    menu.current.open = false
    menu.current.querySelector('summary')?.focus()
    event.preventDefault()
  }
  const toggle = (key: string, isShown: boolean) =>
    onShown(columns.map((column) => column.key).filter((one) => (one === key ? isShown : shown.has(one))))
  return (
    <details class="menu" ref={menu} onKeyDown={onKeyDown}>
      <summary>Columns</summary>
      <fieldset class="popup">
        <legend class="unseen">Columns of the table</legend>
        <button type="button" onClick={() => onShown(undefined)}>
          The usual ones
        </button>
        {columns
          .filter(({ key }) => key !== 'case')
          .map(({ key, title }) => (
            <label key={key}>
              <input
                type="checkbox"
                checked={shown.has(key)}
                onChange={({ currentTarget }) => toggle(key, currentTarget.checked)}
              />
              <InlineText text={title} limit={80} />
            </label>
          ))}
      </fieldset>
    </details>
  )
}
