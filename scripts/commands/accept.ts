import { resolve } from 'node:path'
import type { Accepted } from '../../harness/baseline/accept-run.ts'
import { acceptRun } from '../../harness/baseline/accept-run.ts'
import { changedFiles } from '../../harness/baseline/changed-files.ts'
import { isInCi } from '../../harness/baseline/in-ci.ts'
import { baselinePlace } from '../../harness/baseline/location.ts'
import type { Candidate } from '../../harness/baseline/refusals.ts'
import { refusalsOf } from '../../harness/baseline/refusals.ts'
import type { Baseline } from '../../harness/model/baseline.ts'
import { HarnessError } from '../../harness/model/errors.ts'
import type { Manifest, Run } from '../../harness/model/run.ts'
import { openRecord } from '../../harness/open-record.ts'
import { openRun } from '../../harness/record/open-run.ts'
import { makeRedactor } from '../../harness/record/redact.ts'
import type { SuiteConfig } from '../../harness/suite/config/read-config.ts'
import { readConfig } from '../../harness/suite/config/read-config.ts'
import { acceptedJson, acceptedText, sizeWarning } from '../accepted-text.ts'
import { loadEnvFiles } from '../env-file.ts'
import type { Io } from '../io.ts'
import { recordedBase } from '../recorded-base.ts'
import { whoSigns } from '../who-signs.ts'

interface AcceptOptions {
  readonly reason?: string
  readonly force: boolean
  readonly replies: boolean
  readonly json: boolean
}

/** `assay accept RUN`: makes a run what later runs of its suite are compared with. Two files of it are to be committed. */
export async function acceptCommand(io: Io, name: string, options: AcceptOptions): Promise<number> {
  const { force, replies, json } = options
  const reason = options.reason?.trim() ?? ''
  const warn = (message: string): void => io.err(`warning: ${message}\n`)
  const run = await openRun(name, io.cwd, warn)
  const candidate = await candidateOf(run)
  const refusals = [...refusalsOf(candidate), ...ciRefusal(io.env)]
  refuse(run, refusals, { force, reason })

  const base = recordedBase(run.manifest.suite.file, run.dir, io.cwd)
  if (base === undefined)
    throw new HarnessError('usage', `the suite of this run, ${run.manifest.suite.file}, is not there`, {
      hint: 'A baseline lies beside its suite: run the command where the run was started, with the suite in its place.',
    })
  const suite = await readSuiteFile(io, base, run.manifest)
  for (const file of await changedFiles(run.manifest.files, suite.root))
    warn(`${file} was changed since the run: the baseline is of what it was then`)
  const { assay } = suite.document
  const accepted = await acceptRun(run, {
    place: baselinePlace(suite.file),
    margin: assay?.gate?.['margin'] as number | undefined,
    cluster: assay?.cluster,
    accepted: await acceptance(io, base, run.manifest, { reason, forced: refusals.length > 0 }),
    replies,
    redact: makeRedactor({ env: io.env, secrets: suite.secrets, patterns: assay?.redact }),
    onWarning: warn,
  })
  tell(io, suite, accepted, json)
  return 0
}

/** What is on record of a run, as far as it came. */
async function candidateOf(run: Run): Promise<Candidate> {
  const { manifest, dir } = run
  const verified =
    manifest.verifies === undefined
      ? undefined
      : await openRun(resolve(dir, '..', manifest.verifies), dir).catch(() => undefined)
  try {
    const { analysis, verdict } = await openRecord(dir, dir)
    return { manifest, analysis, verdict, verified: verified?.manifest }
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error
    return { manifest, verified: verified?.manifest }
  }
}

/** A job that accepts what it has just run compares nothing any more. */
function ciRefusal(env: Io['env']): string[] {
  return isInCi(env)
    ? ['This is CI (`CI` is set), and a baseline is accepted by a person who has looked.']
    : []
}

function refuse(
  run: Run,
  refusals: readonly string[],
  { force, reason }: { readonly force: boolean; readonly reason: string },
): void {
  if (force && reason === '')
    throw new HarnessError('usage', '--force needs a --reason', {
      hint: 'It is kept in baseline.json, for whoever asks later: --force --reason "why this run is right all the same".',
    })
  if (force || refusals.length === 0) return
  throw new HarnessError('usage', `run ${run.manifest.id} is not accepted. ${refusals.join(' ')}`, {
    hint: 'Accept a whole run of the suite that passes its gate, or say why this one is right: --force --reason "…".',
  })
}

/** The suite file as it stands; its cases are not read. */
function readSuiteFile(io: Io, base: string, manifest: Manifest): Promise<SuiteConfig> {
  const { allowOutside = false, envFiles = [] } = manifest.options ?? {}
  loadEnvFiles({ ...io, cwd: base }, envFiles)
  const { env, conceal } = io
  return readConfig(resolve(base, manifest.suite.file), { env, allowOutside, conceal })
}

async function acceptance(
  io: Io,
  dir: string,
  { git }: Manifest,
  { reason, forced }: { readonly reason: string; readonly forced: boolean },
): Promise<Baseline['accepted']> {
  const by = await whoSigns(io, dir)
  return {
    at: new Date().toISOString(),
    ...(by !== undefined && { by }),
    ...(git !== undefined && { commit: git.dirty ? `${git.commit}-dirty` : git.commit }),
    ...(reason !== '' && { reason }),
    ...(forced && { forced }),
  }
}

function tell(io: Io, suite: SuiteConfig, accepted: Accepted, json: boolean): void {
  const place = baselinePlace(suite.file)
  const tooLarge = sizeWarning(accepted)
  if (tooLarge !== undefined) io.err(`warning: ${tooLarge}\n`)
  io.out(
    json
      ? `${JSON.stringify(acceptedJson(accepted, place))}\n`
      : acceptedText(accepted, place, { cwd: io.cwd, suite: suite.name }),
  )
}
