/** Prices of one's own, read from the file that `assay.prices` names: they go before those of the table. */
export interface PriceOverlay {
  /** The file's name, for the record. */
  readonly name: string
  /** Of its content, for the record. */
  readonly digest: string
  readonly entries: readonly PriceEntry[]
}

/** What one model, or all that begin alike, cost for a time: prices of its own, or a factor on those it has otherwise. */
export interface PriceEntry extends TokenPrices {
  /** `vendor/model` as a call is billed (`billingKey`), or `vendor/prefix*`. */
  readonly model: string
  /** First and last day it holds, in UTC: 2027-01-31. */
  readonly from?: string | undefined
  readonly until?: string | undefined
  /** The service tier it is for; absent: the standard one. */
  readonly tier?: string | undefined
  /** In place of prices: what those without the entry are multiplied by. */
  readonly factor?: number | undefined
}

/** USD per million tokens of each class. */
export interface TokenPrices {
  readonly input?: number | undefined
  readonly output?: number | undefined
  readonly cacheRead?: number | undefined
  /** Kept for minutes. */
  readonly cacheWrite?: number | undefined
  /** Kept for an hour. */
  readonly cacheWrite1h?: number | undefined
}
