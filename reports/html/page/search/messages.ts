/** What the page tells its search worker. */
export type ToWorker =
  | { readonly kind: 'blocks'; readonly starts: readonly number[] }
  /** Base64; undefined where it is missing. */
  | { readonly kind: 'block'; readonly block: number; readonly content: string | undefined }
  | { readonly kind: 'find'; readonly query: number; readonly words: readonly string[] }
  | { readonly kind: 'stop' }

/** What the worker tells the page. */
export type FromWorker =
  | { readonly kind: 'ready' }
  /** Rows that were found since the last such message, and blocks searched so far. */
  | { readonly kind: 'found'; readonly query: number; readonly rows: Uint32Array; readonly done: number }
  | { readonly kind: 'end'; readonly query: number; readonly problem: string | undefined }
