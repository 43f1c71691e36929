import type { Evidence, Mark } from './evidence.ts'
import type { Provider, ProviderResponse } from './provider.ts'

/** The contract of a file in `assertions/`: a promptfoo custom assertion, which runs under promptfoo's own CLI too. */
export type CustomCheck = (
  output: unknown,
  context: CheckContext,
) => CheckVerdict | boolean | number | Promise<CheckVerdict | boolean | number>

/** What a check is told besides the reply. */
export interface CheckContext {
  readonly prompt?: string | undefined
  readonly vars?: Readonly<Record<string, unknown>> | undefined
  /** The assertion's `config`, as written: texts in it are no templates. */
  readonly config?: Readonly<Record<string, unknown>> | undefined
  readonly test?: { readonly metadata?: Readonly<Record<string, unknown>> | undefined } | undefined
  readonly provider?: Partial<Provider> | undefined
  readonly providerResponse?: ProviderResponse | undefined
  readonly metadata?: Readonly<Record<string, unknown>> | undefined
  /** Absent under promptfoo. */
  readonly assay?: AssayContext | undefined
}

/** What assay alone can give a check. */
export interface AssayContext {
  /** Absolute path of the suite's folder. */
  readonly dir: string
  /**
   * Asks a model that `configure` named, through the engine: limits, budget, cassette, cost and record hold. Never rejects.
   * @param grader as the suite writes it
   */
  ask(grader: unknown, prompt: string): Promise<ProviderResponse>
}

/** What a check says of a reply. */
export interface CheckVerdict {
  readonly pass: boolean
  /** 0 to 1. */
  readonly score: number
  /** Fit to be told to the model for its next try. */
  readonly reason: string
  readonly namedScores?: Readonly<Record<string, number>> | undefined
  readonly componentResults?: readonly CheckVerdict[] | undefined
  readonly metadata?: CheckMetadata | undefined
}

/** What assay reads of a verdict's metadata. */
export interface CheckMetadata {
  readonly evidence?: Evidence | undefined
  readonly marks?: readonly Mark[] | undefined
  readonly [key: string]: unknown
}

/**
 * Optional export `configure` of a check's file: called once for each assertion, before any call is made, so that a mistake in its config
 * is told at its place. `config` is the assertion's; `dir` the suite's folder.
 * @throws ConfigError for a mistake
 */
export type Configure = (
  config: Readonly<Record<string, unknown>>,
  place: { readonly dir: string },
) => CheckSetup | Promise<CheckSetup>

/** What a check tells before the first reply. */
export interface CheckSetup {
  /** Models that it asks. */
  readonly instrument?: Instrument | undefined
}

/** A check that asks models is an instrument: what it says may gate once it was compared with people's labels. */
export interface Instrument {
  /** The models it asks, as the suite writes a provider. */
  readonly graders: readonly unknown[]
  /** Questions that each of them is asked of one reply. Default: 1. */
  readonly calls?: number | undefined
  /** What its verdicts depend on besides reply and models: rubric, prompt, panel rule. Any JSON value. */
  readonly identity: unknown
  /** The verdicts it can give, worst first, and their scores; absent where it says no more than passed or failed. */
  readonly scale?: readonly { readonly label: string; readonly score: number }[] | undefined
}
