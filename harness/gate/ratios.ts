import type { RatioComparison, RunComparison } from '../model/comparison.ts'
import { columnName } from '../model/comparison.ts'
import type { Gate } from '../model/verdict.ts'
import type { GateOutcome } from './outcome.ts'
import { confidence } from './points.ts'
import { LEANING } from './rule.ts'
import type { GateSettings } from './settings.ts'

type Kind = 'latency' | 'cost'

const WORDS = {
  latency: { name: 'latency ratio', metric: 'latencyMs', more: 'takes', of: 'the time' },
  cost: { name: 'cost ratio', metric: 'costUsd', more: 'costs', of: 'the price' },
} as const

/**
 * Limits of latency and cost as a multiple of the baseline's: proven to be over it fails, likely over it warns.
 * @param columns names of the columns that gate
 */
export function ratioGates(
  gate: GateSettings,
  columns: readonly string[],
  comparison: RunComparison | undefined,
): GateOutcome[] {
  return (['latency', 'cost'] as const).flatMap((kind) => {
    const limit = gate[kind]?.ratio
    if (limit === undefined) return []
    return columns.map((column) => {
      const compared = comparison?.[kind].find((one) => one.gates && columnName(one.column) === column)
      if (comparison === undefined || compared === undefined || compared.pAboveLimit === null)
        return notCompared(kind, limit, column, comparison !== undefined)
      return within(kind, limit, { ...compared, pAboveLimit: compared.pAboveLimit }, comparison.alpha)
    })
  })
}

function notCompared(kind: Kind, limit: number, column: string, hasBaseline: boolean): GateOutcome {
  const { name, metric } = WORDS[kind]
  const missing =
    kind === 'latency' ? 'no fresh replies of both were timed' : 'what a case costs is not known of both'
  const reason = hasBaseline
    ? `${column}: ${missing}, so the limit of ${times(limit)} the baseline's ${kind} cannot be checked.`
    : ''
  const gate = {
    name,
    column,
    metric,
    result: 'not_measured',
    threshold: limit,
    observed: null,
    interval: null,
    figure: 'ratio',
  } as const
  return { gate, reason, required: false }
}

function within(
  kind: Kind,
  limit: number,
  compared: RatioComparison & { readonly pAboveLimit: number },
  alpha: number,
): GateOutcome {
  const { name, metric, more, of } = WORDS[kind]
  const { ratio, interval, pAboveLimit, cases } = compared
  const column = columnName(compared.column)
  const gate: Omit<Gate, 'result'> = {
    name,
    column,
    metric,
    threshold: limit,
    observed: ratio,
    interval: [...interval],
    figure: 'ratio',
  }
  if (ratio <= limit || pAboveLimit > LEANING)
    return { gate: { ...gate, result: 'pass' }, reason: '', required: false }
  const bounds = `${confidence(alpha)} ${times(interval[0])} to ${times(interval[1])}`
  const measured = `${column} ${more} ${times(ratio, limit)} ${of} of the baseline (${bounds}, ${cases} cases), over its limit of ${times(limit)}`
  if (pAboveLimit <= alpha / 2)
    return { gate: { ...gate, result: 'fail' }, reason: `${measured}.`, required: false }
  const reason = `${measured}, which is likely but not proven.`
  return { gate: { ...gate, result: 'warn' }, reason, required: false }
}

/** `1.12×`; with more digits where that tells it apart from what it is compared with. */
function times(ratio: number, other = ratio): string {
  for (let digits = 2; digits < 8; digits++) {
    const shown = ratio.toFixed(digits)
    if (ratio === other || shown !== other.toFixed(digits)) return `${shown}×`
  }
  return `${ratio}×`
}
