import { z } from 'zod'
import { columnName, passCount } from './comparison-figures.ts'
import { count, rate } from './figures.ts'

const place = z
  .object({ file: z.string(), line: z.number(), column: z.exactOptional(z.number()) })
  .describe('A place in a file; line and column count from 1')

const named = {
  caseId: z.string(),
  description: z.exactOptional(z.string()),
  source: z.exactOptional(place),
}

/** A case that came out otherwise. */
export const flipSchema = z.object({
  ...named,
  tags: z.array(z.string()),
  column: columnName,
  against: columnName,
  gates: z.boolean(),
  base: passCount,
  candidate: passCount,
  flaky: z.boolean().describe('True where repeats of one arm disagree'),
  p: rate.describe("Fisher's one-sided p of this case alone"),
  pAdjusted: rate.describe('After Benjamini-Hochberg over all flips: informational'),
  checks: z.array(z.string()).describe('Checks that failed in the candidate'),
  reason: z.string(),
  output: z.exactOptional(z.string()),
  baseOutput: z.exactOptional(z.string()),
})

/** A case that always passed and now mostly fails. */
export const brokenCaseSchema = z.object({
  ...named,
  column: columnName,
  against: columnName,
  base: passCount,
  candidate: passCount,
  reason: z.string(),
  rerun: z
    .exactOptional(z.object({ base: passCount, candidate: passCount }))
    .describe('Fresh repeats of both arms, made to confirm it'),
  pHolm: z.exactOptional(rate),
  status: z.enum(['confirmed', 'refuted', 'unchecked']),
  why: z.exactOptional(z.string()).describe('Why it was not run again'),
})

/** What is another now than when the baseline was made. */
export const changeSchema = z.object({
  kind: z.enum([
    'prompt',
    'provider',
    'model',
    'cases',
    'checks',
    'graders',
    'prices',
    'repeats',
    'provider_file',
  ]),
  what: z.string(),
  column: z.exactOptional(columnName),
  diff: z
    .exactOptional(z.array(z.object({ op: z.enum(['same', 'removed', 'added']), text: z.string() })))
    .describe('Of a text: word by word'),
})

/** The likeliest reasons of a regression. */
export const whySchema = z.object({
  column: columnName,
  metric: z.string(),
  worse: count,
  better: count,
  expectedByFlake: z
    .number()
    .nullable()
    .describe('Cases expected to fall by flake alone; null with fewer than three repeats'),
  slices: z.array(z.object({ slice: z.string(), worse: count, cases: count })),
  checks: z.array(z.object({ check: z.string(), cases: count })),
  readFirst: z.array(z.string()).describe('Case ids'),
})

/** A case whose repeats disagree in a column. */
export const flakyCaseSchema = z.object({
  ...named,
  column: columnName,
  passed: count,
  of: count,
  quarantined: z.exactOptional(z.boolean()),
})

/** A case that `assay.quarantine` keeps out of the gate. */
export const quarantinedSchema = z.object({
  caseId: z.string(),
  until: z.exactOptional(z.string()),
  reason: z.exactOptional(z.string()),
  state: z.enum(['active', 'expires_soon', 'expired', 'unknown_case']),
})
