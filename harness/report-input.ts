import { readHistory } from './history/read-history.ts'
import type { ReportInput } from './model/report.ts'
import { readReviews } from './review/read-reviews.ts'

/**
 * A run with what its reports show besides: the suite's history, and what reviewers said of its replies. Reads other run
 * folders of the suite; what of them cannot be read is told, and left out.
 */
export async function withSurroundings(
  input: ReportInput,
  onWarning: (message: string) => void,
): Promise<ReportInput> {
  const [history, reviews] = await Promise.all([
    readHistory(input.run, onWarning),
    readReviews(input.run, onWarning),
  ])
  return {
    ...input,
    ...(history !== undefined && { history }),
    ...(reviews.length > 0 && { reviews }),
  }
}
