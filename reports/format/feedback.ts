import type {
  Analysis,
  ColumnAnalysis,
  FeedbackAnalysis,
  FirstTryAnalysis,
} from '../../harness/model/analysis.ts'
import { count, duration, NOTHING, percent, range } from './figures.ts'
import { cost, tokensInWords } from './spending.ts'

/** A column whose cells were given feedback. */
export interface FeedbackColumn extends ColumnAnalysis {
  readonly firstTry: FirstTryAnalysis
  readonly feedback: FeedbackAnalysis
}

interface Figure {
  readonly label: string
  readonly of: (column: FeedbackColumn) => string
}

/** What a report shows of feedback, in order. */
export const FEEDBACK_FIGURES: readonly Figure[] = [
  { label: 'first try', of: ({ firstTry }) => percent(firstTry.passRate) },
  { label: '95% interval', of: ({ firstTry }) => range(firstTry.interval) },
  { label: 'last try', of: ({ passRate }) => percent(passRate) },
  { label: 'sent back', of: ({ feedback }) => count(feedback.cells) },
  { label: 'then passed', of: ({ feedback }) => count(feedback.helped) },
  { label: 'scored lower', of: ({ feedback }) => count(feedback.hurt) },
  { label: 'tries a cell', of: ({ feedback }) => feedback.meanAttempts?.toFixed(2) ?? NOTHING },
  { label: 'time added', of: ({ feedback }) => duration(feedback.addedMs.total) },
  { label: 'per cell sent back', of: ({ feedback }) => duration(feedback.addedMs.mean) },
  { label: 'tokens added', of: ({ feedback }) => tokensAdded(feedback) },
  { label: 'cost added', of: ({ feedback }) => costAdded(feedback) },
]

/** What the reader must know to read the figures of a run with feedback. */
export const FEEDBACK_NOTE =
  'A reply that failed its checks was sent back with the reasons. Pass rates elsewhere are of the last try; latency is of first tries; cost is of all.'

export function feedbackColumns({ columns }: Analysis): readonly FeedbackColumn[] {
  return columns.filter(
    (column): column is FeedbackColumn => column.firstTry !== undefined && column.feedback !== undefined,
  )
}

function tokensAdded({ addedTokens }: FeedbackAnalysis): string {
  return addedTokens === undefined ? NOTHING : tokensInWords(addedTokens)
}

function costAdded({ addedUsd, addedAtLeastUsd, addedTokens }: FeedbackAnalysis): string {
  const atLeast = addedAtLeastUsd !== undefined && { atLeastUsd: addedAtLeastUsd }
  return cost({ costUsd: addedUsd, ...atLeast, tokens: addedTokens })
}
