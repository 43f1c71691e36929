import { createHash } from 'node:crypto'
import type { Review, ReviewedCell, ReviewFile } from '../../../harness/model/review.ts'
import { replyHash } from '../../../harness/model/review.ts'
import type { Run } from '../../../harness/model/run.ts'
import type { Trial } from '../../../harness/model/trial.ts'
import { makeTrial } from '../analyze/make-trial.ts'
import { makeManifest } from '../../reports/make-input.ts'

export const AT = '2027-01-31T10:00:00.000Z'

/** The id of a cell, as long as real ones are. */
export function cellId(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 32)
}

/** A trial whose cell goes by a name, in the column `zero-shot × flash`. */
export function trialOf(caseId: string, repeat = 0, parts: Partial<Omit<Trial, 'cell'>> = {}): Trial {
  return makeTrial({
    cell: { id: cellId(`${caseId} ${repeat}`), caseId, repeat },
    output: `said of ${caseId}`,
    ...parts,
  })
}

/** A run of these trials. */
export function runOf(trials: readonly Trial[], manifest: Parameters<typeof makeManifest>[0] = {}): Run {
  return {
    dir: '/nowhere/run-1',
    manifest: makeManifest(manifest),
    async *trials() {
      yield* trials
    },
  }
}

/** What the page says of a marked cell. */
export function markedCell({ cell, outcome }: Trial, parts: Partial<ReviewedCell> = {}): ReviewedCell {
  const { id, caseId, prompt, provider, repeat } = cell
  return { cell: id.slice(0, 16), caseId, prompt, provider, repeat, outcome, mark: 'agree', at: AT, ...parts }
}

export function reviewFile(
  reviews: readonly ReviewedCell[],
  parts: Partial<ReviewFile> = {},
): ReviewFile & { readonly name: string } {
  return { v: 1, run: 'run-1', suite: 'sentiment', reviews, name: 'review.json', ...parts }
}

/** A review of a trial of `run-1`. */
export function makeReview({ cell, outcome, output }: Trial, parts: Partial<Review> = {}): Review {
  return {
    cellId: cell.id,
    caseId: cell.caseId,
    column: { prompt: cell.prompt, provider: cell.provider },
    repeat: cell.repeat,
    replyHash: replyHash(output),
    outcome,
    mark: 'agree',
    at: AT,
    run: 'run-1',
    ...parts,
  }
}
