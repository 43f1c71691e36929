import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { armOfRun } from '../analyze/paired/arm.ts'
import type { Baseline } from '../model/baseline.ts'
import { HarnessError } from '../model/errors.ts'
import type { Run } from '../model/run.ts'
import type { Redactor } from '../record/redact.ts'
import { baselineOf } from './baseline-of.ts'
import type { BaselinePlace } from './location.ts'
import type { AcceptedMargin } from './margin.ts'
import { acceptedMargin } from './margin.ts'
import { ownRun } from './own-columns.ts'
import { readBaseline } from './read-baseline.ts'
import type { BaselineSize } from './write-baseline.ts'
import { writeBaseline } from './write-baseline.ts'

export interface AcceptOptions {
  readonly place: BaselinePlace
  /** Written in the suite as it stands. */
  readonly margin?: number | undefined
  /** What `assay.cluster` names. */
  readonly cluster?: string | undefined
  readonly accepted: Baseline['accepted']
  readonly replies: boolean
  readonly redact: Redactor
  readonly onWarning: (message: string) => void
}

export interface Accepted {
  readonly baseline: Baseline
  readonly margin: AcceptedMargin
  readonly bytes: BaselineSize
}

/**
 * Makes a run the baseline of its suite. Whether it may become one is the caller's to judge: see `refusalsOf`.
 * @throws HarnessError `usage` when it has no finished cell, or the baseline cannot be written
 */
export async function acceptRun(recorded: Run, options: AcceptOptions): Promise<Accepted> {
  const { place, cluster, accepted, replies, redact, onWarning } = options
  const run = ownRun(recorded)
  const arm = await armOfRun(run, { cluster })
  if (arm.table.cases.length === 0)
    throw new HarnessError('usage', 'the run has no finished cell: there is nothing to compare with', {
      hint: 'Run the suite, and accept that run.',
    })
  const replaced = await readReplaced(place.file, onWarning)
  const margin = acceptedMargin(arm.table, { written: options.margin, replaced: replaced?.margin })
  const content = { manifest: run.manifest, margin: margin.margin, replies, redact }
  const baseline = baselineOf(arm, { ...content, accepted })
  const asBefore =
    replaced && baselineOf(arm, { ...content, accepted: { ...accepted, at: replaced.accepted.at } })
  // Accepted a second time, it is the same file: nothing to commit.
  const written = isDeepStrictEqual(asBefore, replaced) ? (asBefore ?? baseline) : baseline
  return { baseline: written, margin, bytes: await writeBaseline(place, written, { run, redact, onWarning }) }
}

/** The baseline that is to be replaced. One that cannot be read is what accepting again is the remedy for. */
async function readReplaced(
  file: string,
  onWarning: (message: string) => void,
): Promise<Baseline | undefined> {
  try {
    return await readBaseline(file)
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error
    const isMissing = error.cause instanceof Error && 'code' in error.cause && error.cause.code === 'ENOENT'
    if (!isMissing)
      onWarning(`the ${path.basename(file)} that is replaced could not be read: ${error.message}`)
    return undefined
  }
}
