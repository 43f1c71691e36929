import { maxTokensOf } from '../execute/budget/max-tokens.ts'
import type { Cell, Column } from '../model/cell.ts'
import type { Suite } from '../model/suite.ts'
import type { Cost } from '../model/usage.ts'
import { priceCall } from '../pricing/price-call.ts'
import type { Predicted } from '../stats/prediction.ts'
import { predictTotal } from '../stats/prediction.ts'
import { renderPrompt } from '../suite/render.ts'
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
  readonly tokens: { readonly input: number; readonly output: number | 'unknown' }
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

const UNKNOWN: Predicted = { expected: 0, interval: null }

interface Counted {
  readonly column: Column
  readonly cells: number
  /** Rounds of feedback a cell may take, the first reply included. */
  readonly rounds: number
}

/** From the column's last run. Undefined where its replies told no tokens: then there is little to go by. */
export function fromRecord(
  { column, cells, rounds }: Counted,
  usage: ColumnUsage,
  model: string,
): Outlook | undefined {
  if (usage.uncounted > 0) return undefined
  const calls = Math.round(usage.calls.mean * cells)
  const failedShare = usage.failedFirst / usage.cells
  const worst = usage.withFeedback ? rounds : 1 + failedShare * (rounds - 1)
  const callsAtMost = rounds === 1 ? calls : Math.max(calls, Math.ceil(cells * worst))
  const tokens = predictTotal(usage.tokens, cells)
  // With feedback on record, what it takes is within the spread; else it comes on top.
  const more = usage.withFeedback ? 1 : callsAtMost / Math.max(1, calls)
  const mean = { input: usage.input.mean, output: usage.output.mean }
  const costUsd = costOf(usage, cells, priceCall(model, mean))
  return {
    column: {
      ...named(column),
      cells,
      calls,
      callsAtMost,
      tokens: { input: Math.round(mean.input * cells), output: Math.round(mean.output * cells) },
      costUsd: costUsd === undefined ? 'unknown' : costUsd.expected,
      busySeconds: (usage.busyMs.mean * cells) / 1000,
      basis: 'recorded',
    },
    isBound: more > 1,
    tokens: stretched(tokens, more),
    costUsd: stretched(costUsd ?? UNKNOWN, more),
  }
}

/** What it cost, or by the table where it did not tell. */
function costOf(usage: ColumnUsage, cells: number, tablePrice: Cost): Predicted | undefined {
  if (usage.unpriced === 0) return predictTotal(usage.costUsd, cells)
  return tablePrice === 'unknown' ? undefined : { expected: tablePrice * cells, interval: null }
}

interface Estimating {
  readonly suite: Suite
  /** The first cells of the column. */
  readonly sample: readonly Cell[]
  /** The id of the provider in the price table. */
  readonly model: string
  readonly countTokens: (text: string) => number
  /** What the column's last run tells all the same, without token counts. */
  readonly usage: ColumnUsage | undefined
}

/** From the prompts of the first cells: replies are of unknown length, up to the provider's `max_tokens`. */
export async function fromSample(
  { column, cells, rounds }: Counted,
  { suite, sample, model, countTokens, usage }: Estimating,
): Promise<Outlook> {
  let counted = 0
  for (const cell of sample) {
    const around = { provider: undefined, suite }
    const { text } = await renderPrompt(column.prompt, cell.case, { ...cell.case.vars }, around)
    counted += countTokens(text)
  }
  const input = sample.length === 0 ? 0 : Math.round((cells * counted) / sample.length)
  const told = usage !== undefined && usage.unpriced === 0 ? usage.costUsd.mean * cells : undefined
  const atLeast = told ?? priceCall(model, { input, output: 0 })
  const max = maxTokensOf(column.prompt.config) ?? maxTokensOf(column.provider.config)
  const longest = max === undefined ? undefined : cells * max
  const atMost = told ?? (longest === undefined ? 'unknown' : priceCall(model, { input, output: longest }))
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
    tokens: stretched(between(input, longest === undefined ? undefined : input + longest), rounds),
    costUsd: stretched(between(atLeast === 'unknown' ? 0 : atLeast, atMost), rounds),
  }
}

/** A column whose outputs all stand in the suite. */
export function uncalled(column: Column): Outlook {
  const nothing: Predicted = { expected: 0, interval: { lo: 0, hi: 0 } }
  const none = { cells: 0, calls: 0, callsAtMost: 0, costUsd: 0, busySeconds: 0, basis: 'recorded' } as const
  return {
    column: { ...named(column), ...none, tokens: { input: 0, output: 0 } },
    isBound: false,
    tokens: nothing,
    costUsd: nothing,
  }
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
