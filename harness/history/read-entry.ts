import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { z } from 'zod'
import { errorCode } from '../record/disk-error.ts'
import { messageOf } from '../model/errors.ts'
import type { HistoryEntry } from '../model/history.ts'
import type { Manifest } from '../model/run.ts'
import { writerOf } from '../record/lock.ts'
import { newerFormat, newerSentence } from '../record/newer-format.ts'
import { analysisSchema } from '../record/schema/analysis.ts'
import { manifestSchema } from '../record/schema/manifest.ts'
import { verdictSchema } from '../record/schema/verdict.ts'
import { entryOf } from './entry.ts'

/** By what a file is known to be the one that was read. */
interface Stamp {
  readonly size: number
  readonly mtimeMs: number
}

/** The files that a run's figures come from, as they were when they were read. */
export interface Stamps {
  readonly analysis: Stamp
  readonly verdict: Stamp
}

/** A run that was read, and what of. */
export interface ReadRun extends Stamps {
  readonly entry: HistoryEntry
}

/** Of another suite's run in the same folder, or one that belongs to another run, or what is no run: why, in one sentence. */
export type Unread = { readonly unread: string }

/** What of these files is needed: the rest may be of a later version's making. */
const ANALYSIS = analysisSchema.pick({ v: true, cells: true, columns: true, spentUsd: true })
const VERDICT = verdictSchema.pick({ v: true, decision: true, exitCode: true })

/** Undefined where a file is not there. */
export async function stampsOf(dir: string): Promise<Stamps | undefined> {
  const [analysis, verdict] = await Promise.all([
    stampOf(join(dir, 'analysis.json')),
    stampOf(join(dir, 'verdict.json')),
  ])
  return analysis && verdict && { analysis, verdict }
}

/**
 * Reads a run folder for its suite's history. Never throws: whatever is wrong with the folder is one sentence.
 * @param suite the suite whose runs are wanted
 * @param stamps of the files, taken before
 */
export async function readEntry(
  parent: string,
  name: string,
  suite: string,
  stamps: Stamps | undefined,
): Promise<ReadRun | Unread> {
  const dir = join(parent, name)
  try {
    const manifest = await readPart(dir, 'manifest.json', manifestSchema)
    const other = whyNotOwn(manifest, suite)
    if (other !== undefined) return { unread: `${name} ${other}.` }
    if (stamps === undefined) return { unread: `${name} ${await unfinished(dir)}.` }
    const [analysis, verdict] = await Promise.all([
      readPart(dir, 'analysis.json', ANALYSIS),
      readPart(dir, 'verdict.json', VERDICT),
    ])
    return { entry: entryOf(name, { manifest, analysis, verdict }), ...stamps }
  } catch (error) {
    return { unread: `${name} ${messageOf(error)}.` }
  }
}

function whyNotOwn({ child, parent, suite }: Manifest, wanted: string): string | undefined {
  if (child !== undefined) return `belongs to run ${parent ?? 'another run'} (${child})`
  return suite.name === wanted ? undefined : `is a run of another suite, ${suite.name}`
}

async function unfinished(dir: string): Promise<string> {
  const writer = await writerOf(dir)
  return writer === undefined
    ? 'ended before it was analyzed: `assay resume` finishes it'
    : `is being written by ${writer}`
}

async function stampOf(file: string): Promise<Stamp | undefined> {
  const found = await stat(file).catch(() => undefined)
  return found?.isFile() === true ? { size: found.size, mtimeMs: found.mtimeMs } : undefined
}

/** Throws an error whose message goes on from the folder's name. */
async function readPart<T>(dir: string, file: string, schema: z.ZodType<T>): Promise<T> {
  const value = parse(
    await readFile(join(dir, file), 'utf8').catch((error: unknown) => refuse(file, error)),
    file,
  )
  const newer = newerFormat(value)
  if (newer !== undefined) throw new Error(newerSentence(file, newer))
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Error(
    `cannot be read: ${file} is not what a run writes (${[issue?.path.join('.'), issue?.message].filter(Boolean).join(': ')})`,
  )
}

function refuse(file: string, error: unknown): never {
  throw new Error(
    errorCode(error) === 'ENOENT'
      ? `holds no ${file}: it is no run, or not one yet`
      : `cannot be read: ${messageOf(error)}`,
  )
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`cannot be read: ${file} is not JSON, or was cut off`)
  }
}
