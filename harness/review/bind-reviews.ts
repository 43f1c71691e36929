import { HarnessError } from '../model/errors.ts'
import type { Review, ReviewedCell, ReviewFile } from '../model/review.ts'
import { replyHash, replyPlace } from '../model/review.ts'
import type { Run } from '../model/run.ts'
import type { Outcome, Trial } from '../model/trial.ts'

/** The hex digits of a cell's id by which a page knows it. */
const DIGITS = 16
/** UTF-16 units from which on a page may have cut the id of a case. */
const SHORTEST_CUT = 190
/** Cells that an error names. */
const NAMED = 10

export interface Bound {
  readonly reviews: readonly Review[]
  /** Reviews of cells that have another outcome by now: their checks were others when they were looked at. */
  readonly otherOutcome: readonly { readonly review: Review; readonly outcome: Outcome }[]
  /** Marks of cells without a reply, which no later run can have again: they are left out. */
  readonly withoutReply: readonly ReviewedCell[]
}

/** What a review needs of the trial it is of. */
type Found = Pick<Trial, 'cell' | 'outcome'> & { readonly hash: string | undefined }

/**
 * Binds the marks of review files to the replies they are of. Reads the journal of the run once.
 * @param by who reviewed, as git signs
 * @throws HarnessError `usage` for a file of another run, or with a cell that this run does not have
 */
export async function bindReviews(
  run: Run,
  files: readonly (ReviewFile & { readonly name: string })[],
  by?: string,
): Promise<Bound> {
  for (const file of files) requireSameRun(run, file)
  const marked = files.flatMap(({ reviews, name }) => reviews.map((cell) => ({ cell, name })))
  const found = await trialsOf(run, new Set(marked.map(({ cell }) => cell.cell)))
  const unknown = marked.filter(({ cell }) => !isSame(cell, found.get(cell.cell), run))
  if (unknown.length > 0) throw notInRun(run, unknown, found)

  const at = (cell: ReviewedCell): Found => found.get(cell.cell) as Found
  const cells = marked.map(({ cell }) => cell)
  const bound = cells
    .filter((cell) => at(cell).hash !== undefined)
    .map((cell) => ({
      review: reviewOf(cell, at(cell), { by, run: run.manifest.id }),
      outcome: at(cell).outcome,
    }))
  return {
    reviews: bound.map(({ review }) => review),
    otherOutcome: bound.filter(({ review, outcome }) => review.outcome !== outcome),
    withoutReply: cells.filter((cell) => at(cell).hash === undefined),
  }
}

function reviewOf(
  { outcome, mark, note: written = '', at }: ReviewedCell,
  { cell, hash = '' }: Found,
  { by, run }: { readonly by: string | undefined; readonly run: string },
): Review {
  const note = written.trim()
  return {
    cellId: cell.id,
    ...replyPlace(cell, hash),
    repeat: cell.repeat,
    outcome,
    mark,
    ...(note !== '' && { note }),
    ...(by !== undefined && { by }),
    at,
    run,
  }
}

function requireSameRun(
  { manifest }: Run,
  { run, suite, name }: ReviewFile & { readonly name: string },
): void {
  if (run === manifest.id) return
  const other = suite === manifest.suite.name ? '' : ` of ${suite}`
  throw new HarnessError(
    'usage',
    `${name} reviews the run ${run}${other}, and this is the run ${manifest.id}`,
    {
      hint: 'Name the run that was looked at: its word then holds for the same replies in every run beside it.',
    },
  )
}

async function trialsOf(run: Run, wanted: ReadonlySet<string>): Promise<Map<string, Found>> {
  const found = new Map<string, Found>()
  for await (const { cell, outcome, output } of run.trials()) {
    const id = cell.id.slice(0, DIGITS)
    if (wanted.has(id))
      found.set(id, { cell, outcome, hash: output === undefined ? undefined : replyHash(output) })
  }
  return found
}

/** The same cell in name as well: a file that was edited by hand shall not put a mark on another cell. */
function isSame(
  { caseId, prompt, provider, repeat }: ReviewedCell,
  found: Found | undefined,
  { manifest }: Run,
): boolean {
  if (found === undefined) return false
  // Scrubbing gives other names to what was called by a secret.
  if (manifest.scrubbed !== undefined) return true
  const { cell } = found
  const isCut = caseId.length >= SHORTEST_CUT && cell.caseId.startsWith(caseId.replace(/…$/, ''))
  const isCase = isCut || cell.caseId === caseId
  return isCase && cell.prompt === prompt && cell.provider === provider && cell.repeat === repeat
}

function notInRun(
  { manifest }: Run,
  unknown: readonly { readonly cell: ReviewedCell; readonly name: string }[],
  found: ReadonlyMap<string, Found>,
): HarnessError {
  const lines = unknown.slice(0, NAMED).map(({ cell, name }) => {
    const has = found.get(cell.cell)
    const instead = has === undefined ? '' : `: there it is ${nameOf(has.cell)}`
    return `  ${name}: ${cell.cell} (${nameOf(cell)})${instead}`
  })
  const more = unknown.length > NAMED ? [`  … and ${unknown.length - NAMED} more`] : []
  const count = unknown.length === 1 ? 'a cell' : `${unknown.length} cells`
  return new HarnessError(
    'usage',
    `the review marks ${count} that the run ${manifest.id} does not have. Nothing was written.`,
    {
      frame: [...lines, ...more].join('\n'),
      hint: 'Download the review from the page of this run, and do not edit it.',
    },
  )
}

function nameOf({
  caseId,
  prompt,
  provider,
  repeat,
}: Pick<ReviewedCell, 'caseId' | 'prompt' | 'provider' | 'repeat'>): string {
  return `${caseId} in ${prompt} × ${provider}${repeat === 0 ? '' : `, repeat ${repeat + 1}`}`
}
