import type { RefObject } from 'preact'
import { useLayoutEffect, useState } from 'preact/hooks'

/** How far a scroller is scrolled, and how large it is, in pixels. */
export interface ScrollPlace {
  readonly top: number
  readonly left: number
  readonly width: number
  readonly height: number
}

/** Follows a scroller. Renders again when `keyOf` of its place is another one: most scroll events change nothing that is drawn. */
export function usePane(
  scroller: RefObject<HTMLElement | null>,
  keyOf: (place: ScrollPlace) => string,
): ScrollPlace {
  const [place, setPlace] = useState<ScrollPlace>({ top: 0, left: 0, width: 0, height: 0 })
  useLayoutEffect(() => {
    const element = scroller.current
    if (element === null) return undefined
    const look = () => {
      const now = {
        top: element.scrollTop,
        left: element.scrollLeft,
        width: element.clientWidth,
        height: element.clientHeight,
      }
      setPlace((before) => (keyOf(before) === keyOf(now) ? before : now))
    }
    look()
    element.addEventListener('scroll', look, { passive: true })
    const observer = new ResizeObserver(look)
    observer.observe(element)
    return () => {
      element.removeEventListener('scroll', look)
      observer.disconnect()
    }
  }, [scroller, keyOf])
  return place
}
