import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { Arm } from '../analyze/paired/arm.ts'
import { armOfBaseline, armOfRun } from '../analyze/paired/arm.ts'
import type { Baseline } from '../model/baseline.ts'
import { HarnessError } from '../model/errors.ts'
import type { Run } from '../model/run.ts'
import { openRun } from '../record/open-run.ts'
import type { GitBaseline } from './git-baseline.ts'
import { extractRecord, findInGit } from './git-baseline.ts'
import { gitObject } from './git.ts'
import { isInCi } from './in-ci.ts'
import { baselineFileOf, baselinePlace, recordDirOf } from './location.ts'
import { mergeBase } from './merge-base.ts'
import { cellsOf, countedRun } from './count-cells.ts'
import { openBaselineRecord } from './open-baseline-record.ts'
import { ownRun } from './own-columns.ts'
import { parseBaseline, readBaseline } from './read-baseline.ts'

export interface OpenBaselineOptions {
  /** Whose own baseline is taken where none is named. Paths are absolute. */
  readonly suite?: { readonly name: string; readonly file: string; readonly dir: string } | undefined
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** Where what is in git is put to be read. */
  readonly cacheDir: string
  /** What `assay.cluster` names. */
  readonly cluster?: string | undefined
  readonly onWarning?: ((message: string) => void) | undefined
}

/** What a run can be compared with. */
export interface OpenedBaseline {
  /** As a person would name it. */
  readonly name: string
  readonly kind: 'baseline' | 'run'
  readonly arm: Arm
  /** Null for a run, and for a baseline with too few cases. */
  readonly margin: number | null
  /** A run folder with its replies, if they were kept; absent where there is none beside a baseline. */
  readonly record?: Run
}

/**
 * Opens what a run is compared with.
 * @param ref a `baseline.json`, the folder of a suite, a run folder, `last`, or `REV:path` in git; `none` for nothing. By default
 * the suite's own, which may be missing: in CI, on a branch, the one that the branch began with.
 * @throws HarnessError `usage` when the one that was named is missing, or one cannot be read
 */
export async function openBaseline(
  ref: string | undefined,
  options: OpenBaselineOptions,
): Promise<OpenedBaseline | undefined> {
  if (ref === 'none') return undefined
  if (ref === undefined) return openOwn(options)
  if (ref === '')
    throw new HarnessError('usage', 'the name of the baseline is empty', {
      hint: "Is a variable not set? Leave --baseline away for the suite's own, or say `none`.",
    })
  if (ref === 'last') return openAsRun(ref, options)
  const named = path.resolve(options.cwd, ref)
  const found = await stat(named).catch(() => undefined)
  if (found?.isFile() === true) return openFile(isSuiteFile(ref) ? baselinePlace(named).file : named, options)
  if (found?.isDirectory() === true) return openFolder(named, options)
  if (ref.includes(':')) return openInGit(ref, options)
  throw await missing(ref, named, options)
}

async function openOwn(options: OpenBaselineOptions): Promise<OpenedBaseline | undefined> {
  const { suite, env } = options
  if (suite === undefined) return undefined
  const { file } = baselinePlace(suite.file)
  if (isInCi(env)) {
    const before = await openAtMergeBase(suite.dir, path.basename(file), options)
    if (before !== undefined) return before
  }
  return (await isFile(file)) ? openFile(file, options) : undefined
}

/** The baseline of the commit that a branch began at: one that the branch itself changes would approve of itself. */
async function openAtMergeBase(
  dir: string,
  fileName: string,
  options: OpenBaselineOptions,
): Promise<OpenedBaseline | undefined> {
  const place = { cwd: dir, env: options.env }
  const base = await mergeBase(place)
  if (base === 'unknown' && (await gitObject('HEAD', place)) !== undefined)
    options.onWarning?.(
      'the baseline is the one that is checked out: git does not tell where this branch began (fetch-depth: 0 has the whole history)',
    )
  if (typeof base === 'string') return undefined
  const ref = `${base.commit}:./${fileName}`
  if ((await gitObject(ref, place)) === undefined) return undefined
  const shown = shownPath(path.join(dir, fileName), options)
  const name = `${shown} of ${base.commit.slice(0, 8)}, where this branch left ${base.target}`
  return openFromGit(await findInGit(ref, [place], fileName), name, options)
}

async function openInGit(ref: string, options: OpenBaselineOptions): Promise<OpenedBaseline> {
  const { cwd, env, suite } = options
  const places = [...new Set([cwd, ...(suite === undefined ? [] : [suite.dir])])].map((dir) => ({
    cwd: dir,
    env,
  }))
  const fileName = suite === undefined ? 'baseline.json' : path.basename(baselinePlace(suite.file).file)
  return openFromGit(await findInGit(ref, places, fileName), ref, options)
}

async function openFromGit(
  found: GitBaseline,
  name: string,
  options: OpenBaselineOptions,
): Promise<OpenedBaseline> {
  const baseline = parseBaseline(found.text, name)
  const dir = await extractRecord(found, options.cacheDir)
  return opened(name, baseline, dir, options)
}

async function openFile(file: string, options: OpenBaselineOptions): Promise<OpenedBaseline> {
  if (!(await isFile(file))) throw await missing(shownPath(file, options), file, options)
  return opened(shownPath(file, options), await readBaseline(file), recordDirOf(file), options)
}

async function opened(
  name: string,
  baseline: Baseline,
  recordDir: string | undefined,
  options: OpenBaselineOptions,
): Promise<OpenedBaseline> {
  const { cluster, onWarning } = options
  const shown = recordDir === undefined ? undefined : shownPath(recordDir, options)
  const record =
    recordDir === undefined || shown === undefined
      ? undefined
      : await openBaselineRecord(recordDir, baseline, shown, onWarning)
  const counted = record && countedRun(record)
  const arm = await armOfBaseline(baseline, counted?.run, { cluster, name })
  const [found, all] = [counted?.trials() ?? 0, cellsOf(baseline)]
  if (counted !== undefined && found < all)
    onWarning?.(
      `${shown} has ${found} of the baseline's ${all} cells: no replies, latencies or costs of the others are known (cut off, or kept elsewhere by git?)`,
    )
  return {
    name,
    kind: 'baseline',
    arm,
    margin: baseline.margin,
    ...(record !== undefined && { record }),
  }
}

/** A run folder, the folder of a suite, or the folder that belongs to a baseline. */
async function openFolder(dir: string, options: OpenBaselineOptions): Promise<OpenedBaseline> {
  const { suite } = options
  const ofRecord = baselineFileOf(dir)
  if (ofRecord !== undefined && (await isFile(ofRecord))) return openFile(ofRecord, options)
  if (await isFile(path.join(dir, 'manifest.json'))) return openAsRun(dir, options)
  if (suite !== undefined && path.resolve(suite.dir) === dir)
    return openFile(baselinePlace(suite.file).file, options)
  return openFile(path.join(dir, 'baseline.json'), options)
}

async function openAsRun(ref: string, options: OpenBaselineOptions): Promise<OpenedBaseline> {
  const { cwd, cluster, onWarning } = options
  const run = ownRun(await openRun(ref, cwd, onWarning))
  const name = shownPath(run.dir, options)
  return { name, kind: 'run', arm: await armOfRun(run, { cluster, name }), margin: null, record: run }
}

async function missing(ref: string, file: string, options: OpenBaselineOptions): Promise<HarnessError> {
  const { suite, cwd, env } = options
  const isRevision = (await gitObject(`${ref}^{commit}`, { cwd, env })) !== undefined
  const own =
    suite === undefined ? 'path/to/baseline.json' : shownPath(baselinePlace(suite.file).file, options)
  return new HarnessError('usage', `there is no baseline \`${ref}\`: looked for ${file}`, {
    hint: isRevision
      ? `\`${ref}\` is a revision of git: name the file in it, \`${ref}:${own}\`.`
      : '`assay accept RUN` writes one beside its suite; --baseline takes a baseline.json, a run folder, or REV:path.',
  })
}

function isSuiteFile(ref: string): boolean {
  return /\.ya?ml$/i.test(ref)
}

/** From the working directory where it lies below that. */
function shownPath(file: string, { cwd }: OpenBaselineOptions): string {
  const way = path.relative(cwd, file)
  return way === '' || way.startsWith('..') || path.isAbsolute(way) ? file : way
}

async function isFile(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined))?.isFile() === true
}
