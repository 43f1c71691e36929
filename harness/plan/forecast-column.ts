import { maxTokensOf } from '../execute/budget/max-tokens.ts'
import type { Cell, Column } from '../model/cell.ts'
import type { Suite } from '../model/suite.ts'
import type { Cost, Usage } from '../model/usage.ts'
import type { Predicted } from '../stats/prediction.ts'
import { predictTotal } from '../stats/prediction.ts'
import { renderPrompt } from '../suite/render.ts'
import type { CostMoments } from './forecast-costs.ts'
import type { ForecastTokens } from './forecast-tokens.ts'
import { tokensOf } from './forecast-tokens.ts'
import type { ColumnUsage } from './forecast-usage.ts'

/** What one column is expected to take. */
export interface ColumnForecast {
  readonly prompt: string
  readonly provider: string
  /** Cells to be called. */
  readonly cells: number
  /** Feedback and retries included, as far as they are on record. */
  readonly calls: number
  /** With as much feedback as there may be. */
  readonly callsAtMost: number
  readonly tokens: ForecastTokens
  /** USD. With an unknown length of the replies, of the prompts alone. */
  readonly costUsd: Cost
  /** Seconds of model time, one call after the other. */
  readonly busySeconds: number | 'unknown'
  /** `recorded`: from the last run that had this column. `estimated`: input tokens counted on a sample, the rest not known. */
  readonly basis: 'recorded' | 'estimated'
}

/** A column's forecast, and between what it should lie; null where there is nothing to tell by. */
export interface Outlook {
  readonly column: ColumnForecast
  readonly tokens: Predicted
  readonly costUsd: Predicted
  /** True where these are bounds of what is not known, such as the length of a reply: they may all be reached at once. */
  readonly isBound: boolean
}

/** What is known of a column before it is called. */
export interface Seen {
  readonly column: Column
  /** Cells to be called. */
  readonly cells: number
  /** Rounds of feedback a cell may take, the first reply included. */
  readonly rounds: number
  /** Of its last run. */
  readonly usage?: ColumnUsage | undefined
  /** Where that told no tokens: the first of its prompts, counted. */
  readonly sample?: SampledPrompts | undefined
}

interface SampledPrompts {
  /** Tokens of a prompt. */
  readonly mean: number
  readonly longest: number
}

/** How a column's calls are paid for. */
export interface Payment {
  /** What its recorded cells cost. */
  recorded(usage: ColumnUsage): CostMoments | undefined
  /** USD of one call, by the price table. */
  price(usage: Usage): Cost
}

const UNKNOWN: Predicted = { expected: 0, interval: null }

export function outlookOf(seen: Seen, payment: Payment): Outlook {
  const { cells, usage, sample } = seen
  if (cells === 0) return uncalled(seen)
  return usage !== undefined && sample === undefined
    ? fromRecord(seen, usage, payment)
    : fromSample(seen, payment)
}

function fromRecord({ column, cells, rounds }: Seen, usage: ColumnUsage, payment: Payment): Outlook {
  const calls = Math.round(usage.calls.mean * cells)
  const failedShare = usage.failedFirst / usage.cells
  const worst = usage.withFeedback ? rounds : 1 + failedShare * (rounds - 1)
  const callsAtMost = rounds === 1 ? calls : Math.max(calls, Math.ceil(cells * worst))
  // With feedback on record, what it takes is within the spread; else it comes on top.
  const more = usage.withFeedback ? 1 : callsAtMost / Math.max(1, calls)
  const { all, mean } = usage.tokens
  const recorded = payment.recorded(usage)
  // A price may depend on how long a prompt is: it is asked for one call, not for all of a cell.
  const perCall = usage.tokens.per(usage.calls.mean * usage.cells)
  const costUsd =
    recorded?.unpriced === 0
      ? predictTotal(recorded.usd, cells)
      : times(payment.price(perCall), usage.calls.mean * cells)
  return {
    column: {
      ...named(column),
      cells,
      calls,
      callsAtMost,
      tokens: tokensOf(mean, cells),
      costUsd: costUsd === undefined ? 'unknown' : costUsd.expected,
      busySeconds: (usage.busyMs.mean * cells) / 1000,
      basis: 'recorded',
    },
    isBound: more > 1,
    tokens: stretched(predictTotal(all, cells), more),
    costUsd: stretched(costUsd ?? UNKNOWN, more),
  }
}

function times(price: Cost, count: number): Predicted | undefined {
  return price === 'unknown' ? undefined : { expected: price * count, interval: null }
}

/** From the prompts of the first cells: replies are of unknown length, up to the provider's `max_tokens`. */
function fromSample({ column, cells, rounds, usage, sample }: Seen, payment: Payment): Outlook {
  const input = Math.round(cells * (sample?.mean ?? 0))
  const recorded = usage && payment.recorded(usage)
  const told = recorded?.unpriced === 0 ? recorded.usd.mean * cells : undefined
  // A price may depend on how long a prompt is: it is asked for one call, not for the sum of all.
  const priceOf = (output: number): Cost => {
    const price = payment.price({ input: input / cells, output })
    return price === 'unknown' ? price : price * cells
  }
  const atLeast = told ?? priceOf(0)
  const max = maxReply(column)
  const atMost = told ?? (max === undefined ? 'unknown' : priceOf(max))
  return {
    column: {
      ...named(column),
      cells,
      calls: cells,
      callsAtMost: cells * rounds,
      tokens: { input, output: 'unknown' },
      costUsd: atLeast,
      busySeconds: usage === undefined ? 'unknown' : (usage.busyMs.mean * cells) / 1000,
      basis: usage === undefined ? 'estimated' : 'recorded',
    },
    isBound: true,
    tokens: stretched(between(input, max === undefined ? undefined : input + cells * max), rounds),
    costUsd: stretched(between(atLeast === 'unknown' ? 0 : atLeast, atMost), rounds),
  }
}

/** A column whose outputs all stand in the suite. */
function uncalled({ column }: Seen): Outlook {
  const nothing: Predicted = { expected: 0, interval: { lo: 0, hi: 0 } }
  const none = { cells: 0, calls: 0, callsAtMost: 0, costUsd: 0, busySeconds: 0, basis: 'recorded' } as const
  return {
    column: { ...named(column), ...none, tokens: { input: 0, output: 0 } },
    isBound: false,
    tokens: nothing,
    costUsd: nothing,
  }
}

/** Tokens of the longest call, prompt and reply, as far as one was seen; of a prompt that was only counted, with the longest reply asked for. */
export function longestCallOf({ column, usage, sample }: Seen): number {
  return sample === undefined ? (usage?.longestCall ?? 0) : sample.longest + (maxReply(column) ?? 0)
}

/** Renders prompts of a column, and counts their tokens. */
export async function samplePrompts(
  column: Column,
  cells: readonly Cell[],
  suite: Suite,
  countTokens: (text: string) => number,
): Promise<SampledPrompts> {
  let [sum, longest] = [0, 0]
  const { id, label } = column.provider
  const around = { provider: { id, label }, suite }
  for (const cell of cells) {
    const { text } = await renderPrompt(column.prompt, cell.case, { ...cell.case.vars }, around)
    const tokens = countTokens(text)
    sum += tokens
    longest = Math.max(longest, tokens)
  }
  return { mean: sum / Math.max(1, cells.length), longest }
}

function maxReply({ prompt, provider }: Column): number | undefined {
  return maxTokensOf(prompt.config) ?? maxTokensOf(provider.config)
}

function named({ prompt, provider }: Column): { readonly prompt: string; readonly provider: string } {
  return { prompt: prompt.key, provider: provider.key }
}

function between(lo: number, hi: number | 'unknown' | undefined): Predicted {
  return { expected: lo, interval: typeof hi === 'number' ? { lo, hi } : null }
}

/** With so many times as many calls at most. */
function stretched({ expected, interval }: Predicted, times: number): Predicted {
  return { expected, interval: interval && { lo: interval.lo, hi: interval.hi * times } }
}
