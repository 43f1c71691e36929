import { type Drafts, NO_DRAFTS, parseDrafts } from './draft.ts'

/** Keeps drafts from one visit of the page to the next, where the browser lets it. */
export interface DraftStorage {
  load(): Drafts
  save(drafts: Drafts): void
}

/** In the browser's storage, apart for each run. A page opened from a file may be refused it: then nothing is kept. */
export function browserStorage(run: string): DraftStorage {
  const key = `assay:reviews:${run}`
  return {
    load() {
      try {
        return parseDrafts(localStorage.getItem(key))
      } catch {
        return NO_DRAFTS
      }
    },
    save(drafts) {
      try {
        if (Object.keys(drafts.reviews).length === 0) localStorage.removeItem(key)
        else localStorage.setItem(key, JSON.stringify(drafts))
      } catch {
        // Refused or full: the drafts are kept as long as the page is open.
      }
    },
  }
}
