import { grouped } from './digits.ts'

export const INCOMPLETE_CAUSES = ['outage', 'credit', 'auth', 'budget', 'decided', 'missing'] as const

/**
 * Why planned cells have no result: an account that does not answer (`outage`), is out of money (`credit`) or refuses the key
 * (`auth`); the run's `budget` is used up; its gate had `decided` before the last case, and it was to stop early then; or they are
 * simply `missing`, as after Ctrl-C.
 */
export type IncompleteCause = (typeof INCOMPLETE_CAUSES)[number]

/** One cause of missing cells. An outage is not a regression: such a run has no verdict on the change. */
export interface Incomplete {
  readonly cause: IncompleteCause
  /** The provider account, where one is to blame. */
  readonly account?: string | undefined
  /** Planned cells without a result. */
  readonly cells: number
  /** One sentence: what happened, in the provider's own words where there are some. */
  readonly message: string
  /** The columns that lack cells for it, as far as that is known. */
  readonly columns?: readonly { readonly prompt: string; readonly provider: string }[] | undefined
}

/** True where a provider's account is to blame: that says nothing of the change. */
export function isUnavailable({ cause }: Incomplete): boolean {
  return cause === 'outage' || cause === 'credit' || cause === 'auth'
}

/** The causes on record; of a record without them, no more than that cells are missing. */
export function causesOf(
  recorded: readonly Incomplete[] | undefined,
  { absent, interrupted }: { readonly absent: number; readonly interrupted: boolean },
): readonly Incomplete[] {
  if (recorded !== undefined && recorded.length > 0) return recorded
  return absent > 0 ? [missing(absent, interrupted)] : []
}

/** Cells that were not run, and no account or budget is why. */
export function missing(cells: number, interrupted: boolean): Incomplete {
  const message = interrupted ? 'The run was interrupted.' : 'The run was cut short.'
  return { cause: 'missing', cells, message }
}

/** Whose fault it is, in its own words, and how many cells it cost. */
export function explain({ account, cells, message }: Incomplete, planned: number): string {
  const said = account === undefined ? capital(message) : named(message, account)
  const sentence = /[.!?…]$/.test(said) ? said : `${said}.`
  if (cells === 0) return sentence
  return `${sentence} ${grouped(cells)} of ${grouped(planned)} planned cells did not finish.`
}

function named(message: string, account: string): string {
  const isNamed = message.split(/[\s"'`(),;]+|[:.](?=\s|$)/).includes(account)
  return isNamed ? message : `${account}: ${message}`
}

function capital(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1)
}
