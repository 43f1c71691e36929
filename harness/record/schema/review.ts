import { z } from 'zod'
import { didYouMean } from '../../model/suggest.ts'
import { REVIEW_MARKS } from '../../model/review.ts'
import { count } from './figures.ts'

/** UTF-16 units. */
const LONGEST_NOTE = 20_000

const outcome = z.enum(['passed', 'failed', 'errored'], {
  error: ({ input }) =>
    input === undefined
      ? 'missing `outcome`'
      : `expected passed, failed or errored, got ${JSON.stringify(input)}`,
})

const mark = z
  .enum(REVIEW_MARKS, { error: ({ input }) => unknownMark(input) })
  .describe(
    "Of the checks' verdict: the case's label is wrong, the check is, or the reply will do; or it is right",
  )

const at = z.iso.datetime({ error: 'expected an ISO time such as 2027-01-31T10:00:00Z' })

const note = z
  .string()
  .refine((text) => text.length <= LONGEST_NOTE, { error: `a note has at most ${LONGEST_NOTE} characters` })

const repeat = count.describe('From 0')

export const reviewedCellSchema = z.strictObject({
  cell: z
    .string()
    .regex(/^[0-9a-f]{16}$/, { error: 'expected the first 16 hex digits of the id of a cell' })
    .describe("The first 16 hex digits of the cell's id"),
  caseId: z.string(),
  prompt: z.string(),
  provider: z.string(),
  repeat,
  outcome: outcome.describe('What the checks had said'),
  mark,
  note: z.exactOptional(note),
  at,
})

/** `review.json`, as the page downloads it. */
export const reviewFileSchema = z
  .strictObject({
    v: z.literal(1, { error: 'expected the number 1' }),
    run: z.string().describe('Id of the run that was looked at'),
    suite: z.string(),
    reviews: z.array(reviewedCellSchema),
  })
  .describe('What a reviewer marked in the page of a run: review.json, for `assay review`')

export const reviewSchema = z.object({
  cellId: z.string(),
  caseId: z.string(),
  varsHash: z.exactOptional(z.string()).describe("Digest of the case's variables"),
  column: z.object({ prompt: z.string(), provider: z.string() }),
  repeat,
  replyHash: z.string().describe('sha256 of the output that was looked at'),
  outcome: outcome.describe('What the checks had said'),
  mark,
  note: z.exactOptional(note),
  by: z.exactOptional(z.string()),
  at,
  run: z.string().describe('Id of the run that was looked at'),
})

/** `reviews.json`. */
export const reviewsSchema = z
  .object({ v: z.literal(1), reviews: z.array(reviewSchema).describe('Sorted by case, column and repeat') })
  .describe('What reviewers said of replies of a run: reviews.json of a run folder')

function unknownMark(input: unknown): string {
  const known = REVIEW_MARKS.join(', ')
  if (input === undefined) return `missing \`mark\`: ${known}`
  if (typeof input !== 'string') return `expected a mark: ${known}`
  const meant = didYouMean(input, REVIEW_MARKS)
  return `unknown mark ${JSON.stringify(input)}: ${meant ?? `there are ${known}`}`
}
