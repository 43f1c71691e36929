import { useEffect, useReducer } from 'preact/hooks'
import type { ReviewStore } from './review-store.ts'

/** Renders again whenever a review changes. */
export function useReviews(store: ReviewStore): ReviewStore {
  const [, render] = useReducer((n: number) => n + 1, 0)
  useEffect(() => store.subscribe(() => render(undefined)), [store])
  return store
}
