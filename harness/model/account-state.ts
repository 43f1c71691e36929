/** How a provider account is doing, as whoever watches a run is told. */
export type AccountState =
  | { readonly is: 'answering' }
  /** `throttled` by the server or `failing` every call: no call of it leaves for so many milliseconds. */
  | { readonly is: 'throttled' | 'failing'; readonly waitMs: number }
  /** None of its calls is made any more in this run. */
  | { readonly is: 'given_up' }
