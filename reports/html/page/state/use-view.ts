import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { isViewHash, printHash, readHash } from './hash.ts'
import type { ViewState } from './view-state.ts'

/** ms after the last change before it is written: browsers bear only so many writes, and a key that is held down makes thirty a second. */
const WRITE_MS = 250

/** Whether the way back leads to what was there before a change. */
export type Change = (parts: Partial<ViewState>, how: 'push' | 'replace') => void

export interface View {
  readonly state: ViewState
  readonly change: Change
  /** What of the address was ignored, a sentence each. */
  readonly ignored: readonly string[]
  /** Counts the times the address brought another view: at the start, by going back, or by a link. */
  readonly arrivals: number
}

/** The view of the page, kept in step with its address. */
export function useView(): View {
  const [held, hold] = useState(() => ({ ...fromAddress(), arrivals: 0 }))
  const latest = useRef(held.state)
  const pending = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  const write = useCallback(() => {
    clearTimeout(pending.current)
    pending.current = undefined
    setAddress(latest.current, 'replace')
  }, [])

  const change = useCallback<Change>((parts, how) => {
    if (how === 'push' && pending.current !== undefined) write()
    latest.current = { ...latest.current, ...parts }
    hold(({ arrivals }) => ({ state: latest.current, ignored: [], arrivals }))
    if (how === 'push') return setAddress(latest.current, 'push')
    clearTimeout(pending.current)
    pending.current = setTimeout(write, WRITE_MS)
  }, [])

  useEffect(() => {
    const arrive = () => {
      // A link to a section of the page leaves the cells as they are.
      if (!isViewHash(location.hash)) return
      clearTimeout(pending.current)
      pending.current = undefined
      const read = fromAddress()
      latest.current = read.state
      hold(({ arrivals }) => ({ ...read, arrivals: arrivals + 1 }))
    }
    const leave = () => pending.current !== undefined && write()
    addEventListener('hashchange', arrive)
    addEventListener('pagehide', leave)
    return () => {
      removeEventListener('hashchange', arrive)
      removeEventListener('pagehide', leave)
    }
  }, [])
  return { ...held, change }
}

function fromAddress() {
  return readHash(isViewHash(location.hash) ? location.hash : '')
}

function setAddress(state: ViewState, how: 'push' | 'replace'): void {
  const hash = printHash(state)
  if (hash === location.hash) return
  const address = hash === '' ? location.pathname + location.search : hash
  try {
    if (how === 'push') history.pushState(null, '', address)
    else history.replaceState(null, '', address)
  } catch {
    // A frame without an origin, or too many writes: the page works, its address stays behind.
  }
}
