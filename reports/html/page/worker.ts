import type { Page } from './search/serve-search.ts'
import { serveSearch } from './search/serve-search.ts'

/** The search worker. */
serveSearch(globalThis as unknown as Page)
