import { useEffect, useRef, useState } from 'preact/hooks'

const STORED = 'assay:shortcuts'

/** What a key does; false where it does nothing now, so that the browser's own meaning holds. */
export type Shortcuts = Readonly<Record<string, (() => boolean | void) | undefined>>

/**
 * Keys that work anywhere on the page: not in a field, not with Ctrl, Alt or Meta, not behind a dialog. Those that are one character
 * can be turned off, for readers whose speech is typed (WCAG 2.1.4).
 */
export function useShortcuts(shortcuts: Shortcuts, lettersOn: boolean): void {
  const latest = useRef({ shortcuts, lettersOn })
  latest.current = { shortcuts, lettersOn }
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing)
        return
      if (document.querySelector('dialog[open]') !== null) return
      const isLetter = event.key.length === 1
      if (isLetter && (!latest.current.lettersOn || isField(event.target))) return
      const act = Object.hasOwn(latest.current.shortcuts, event.key)
        ? latest.current.shortcuts[event.key]
        : undefined
      if (act !== undefined && act() !== false) event.preventDefault()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])
}

/** Whether letters are shortcuts, remembered where the browser lets a page remember. */
export function useLetters(): [boolean, (on: boolean) => void] {
  const [on, setOn] = useState(() => {
    try {
      return localStorage.getItem(STORED) !== 'off'
    } catch {
      return true
    }
  })
  return [
    on,
    (wanted) => {
      setOn(wanted)
      try {
        localStorage.setItem(STORED, wanted ? 'on' : 'off')
      } catch {
        // It holds until the page is closed.
      }
    },
  ]
}

function isField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null
}
