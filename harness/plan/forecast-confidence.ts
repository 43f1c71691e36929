import type { Column } from '../model/cell.ts'
import type { Predicted } from '../stats/prediction.ts'
import type { RecordedUsage } from './forecast-record.ts'

/** Recorded cells of a column from which its mean is told from its spread. */
const FEW_CELLS = 30

/** Half of the interval, as a share of what is expected, from which a forecast is no longer close. */
const WIDE = 0.2

/** How far a forecast is to be relied on, and why. */
export interface Confidence {
  readonly level: 'low' | 'medium' | 'high'
  /** Begins in lower case, ends without a full stop. */
  readonly reason: string
}

interface Grounds {
  /** Those that are to be called. */
  readonly columns: readonly Column[]
  readonly recorded: RecordedUsage
  readonly costUsd: Predicted
  /** Rounds of feedback a cell may take, the first reply included. */
  readonly rounds: number
  /** True where graders are to be asked, and none is on record. */
  readonly gradersUnknown: boolean
}

/** The weakest ground decides. */
export function confidenceOf(grounds: Grounds): Confidence {
  const { columns, recorded, costUsd, rounds, gradersUnknown } = grounds
  if (columns.length === 0) return { level: 'high', reason: 'no model is to be called' }
  const usages = columns.map((column) => ({ column, usage: recorded.columns.get(column) }))
  const unseen = usages.filter(({ usage }) => usage === undefined).length
  if (unseen > 0)
    return {
      level: 'low',
      reason: unseen === columns.length ? 'no run is on record' : `${ofColumns(unseen, columns)} never ran`,
    }
  const uncounted = usages.filter(({ usage }) => usage !== undefined && usage.uncounted > 0).length
  if (uncounted > 0)
    return { level: 'low', reason: `the replies of ${ofColumns(uncounted, columns)} told no tokens` }
  const estimated = usages.filter(({ usage }) => usage !== undefined && usage.estimated > 0).length
  if (estimated > 0)
    return { level: 'low', reason: `the token counts of ${ofColumns(estimated, columns)} are estimates` }
  if (gradersUnknown) return { level: 'low', reason: 'no grader’s call is on record' }
  const feedbackUnknown = usages.some(({ usage }) => usage?.withFeedback === false && usage.failedFirst > 0)
  if (rounds > 1 && feedbackUnknown) return { level: 'medium', reason: 'no run with feedback is on record' }
  const changed = usages.filter(({ column, usage }) => usage?.hash !== column.hash).length
  if (changed > 0)
    return {
      level: 'medium',
      reason: `the prompt or provider of ${ofColumns(changed, columns)} has changed since`,
    }
  const fewest = Math.min(...usages.map(({ usage }) => usage?.cells ?? 0))
  if (fewest < FEW_CELLS) return { level: 'medium', reason: `a column has only ${fewest} cells on record` }
  const { expected, interval } = costUsd
  if (interval !== null && interval.hi - interval.lo > 2 * WIDE * expected)
    return { level: 'medium', reason: 'cells differ widely in what they take' }
  return { level: 'high', reason: 'these columns ran before as they are now' }
}

function ofColumns(n: number, columns: readonly Column[]): string {
  return `${n} of ${columns.length} ${columns.length === 1 ? 'column' : 'columns'}`
}
