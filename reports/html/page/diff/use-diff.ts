import { useEffect, useState } from 'preact/hooks'
import { diffTexts } from './diff-texts.ts'
import type { TextDiff } from './pieces.ts'

interface Found {
  readonly before: string
  readonly after: string
  readonly diff: TextDiff
}

/** Compares two texts after the page is painted: `undefined` until that is done. */
export function useDiff(before: string, after: string): TextDiff | undefined {
  const [found, setFound] = useState<Found>()
  useEffect(() => {
    const timer = setTimeout(() => setFound({ before, after, diff: diffTexts(before, after) }))
    return () => clearTimeout(timer)
  }, [before, after])
  return found?.before === before && found.after === after ? found.diff : undefined
}
