import { openRun } from '../../harness/record/open-run.ts'
import { readReviews } from '../../harness/review/read-reviews.ts'
import { surveyReviews } from '../../harness/review/survey-reviews.ts'
import type { Io } from '../io.ts'
import { recordedBase } from '../recorded-base.ts'
import { relativePaths } from '../relative-paths.ts'
import { bindFiles } from '../review/bind-files.ts'
import { exportPlace, exportRows } from '../review/export-rows.ts'
import { recordRedactor } from '../review/record-redactor.ts'
import { readReviewFiles } from '../review/review-files.ts'
import { reviewJson, reviewText } from '../review/review-text.ts'
import { whoSigns } from '../who-signs.ts'

interface ReviewOptions {
  readonly export?: string
  readonly json: boolean
}

/**
 * `assay review RUN [FILE…]`: keeps what a reviewer marked in the page of a run, bound to the replies that were looked at. Without a
 * file it shows what is kept.
 */
export async function reviewCommand(
  io: Io,
  name: string,
  files: readonly string[],
  options: ReviewOptions,
): Promise<number> {
  const onWarning = (message: string): void => io.err(`warning: ${message}\n`)
  const rows = options.export === undefined ? undefined : exportPlace(options.export, io.cwd, files)
  const run = await openRun(name, io.cwd)
  const { dir, manifest } = run
  const read = await readReviewFiles(files, io.cwd)
  const redact = await recordRedactor(run, io, onWarning)
  const by = await whoSigns(io, recordedBase(manifest.suite.file, dir, io.cwd) ?? io.cwd)
  const bound = read.length === 0 ? undefined : await bindFiles(run, read, { by, redact, onWarning })
  const reviews = bound?.reviews ?? (await readReviews(run, onWarning))
  const cells = await surveyReviews(run, reviews)
  const exported =
    rows === undefined ? undefined : { file: rows, rows: await exportRows(rows, run, reviews, redact) }
  const outcome = { run, cells, merged: bound?.merged, exported }
  io.out(
    options.json
      ? `${JSON.stringify(reviewJson(outcome))}\n`
      : relativePaths(reviewText(outcome, io.cwd), io.cwd),
  )
  return 0
}
