import { useEffect, useState } from 'preact/hooks'

/** CSS pixels below which a row is two lines: a phone held upright. */
const NARROW = 640

export interface Screen {
  readonly isNarrow: boolean
  /** Pixels of the root font: rows and columns grow with it. */
  readonly rem: number
}

export function useScreen(): Screen {
  const [screen, setScreen] = useState(look)
  useEffect(() => {
    const onResize = () =>
      setScreen((before) => {
        const now = look()
        return now.isNarrow === before.isNarrow && now.rem === before.rem ? before : now
      })
    addEventListener('resize', onResize)
    return () => removeEventListener('resize', onResize)
  }, [])
  return screen
}

function look(): Screen {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
  return { isNarrow: innerWidth < NARROW, rem: Number.isFinite(rem) ? rem : 16 }
}
