import { humanVerdict } from '../model/human-verdict.ts'
import type { Review } from '../model/review.ts'
import type { Run } from '../model/run.ts'
import type { Outcome } from '../model/trial.ts'
import type { SourceLocation } from '../model/source.ts'
import { reviewedTrials } from './reviewed-trials.ts'

/** A cell whose reply a reviewer has seen, without its texts. */
export interface SurveyedCell {
  readonly review: Review
  readonly repeat: number
  /** What the checks say in this run. */
  readonly machine: Outcome
  readonly human: 'passed' | 'failed' | null
  readonly source: SourceLocation
}

/** The cells of a run that reviews hold for, in the order of the reviews, then of the repeats. Reads the journal once. */
export async function surveyReviews(run: Run, reviews: readonly Review[]): Promise<readonly SurveyedCell[]> {
  if (reviews.length === 0) return []
  const places = new Map(reviews.map((review, i) => [review, i]))
  const placeOf = ({ review }: SurveyedCell): number => places.get(review) ?? 0
  const cells: SurveyedCell[] = []
  for await (const { review, trial } of reviewedTrials(run, reviews)) {
    const { repeat, source } = trial.cell
    cells.push({ review, repeat, machine: trial.outcome, human: humanVerdict(review), source })
  }
  return cells.sort((a, b) => placeOf(a) - placeOf(b) || a.repeat - b.repeat)
}

/** True where the reviewer holds another verdict than the checks; where either has none there is nothing to disagree with. */
export function disagrees({ machine, human }: SurveyedCell): boolean {
  return human !== null && machine !== 'errored' && human !== machine
}
