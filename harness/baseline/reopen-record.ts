import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { BaselineAbout } from '../model/comparison.ts'
import type { Run } from '../model/run.ts'
import { openRun } from '../record/open-run.ts'
import { recordDirOf } from './location.ts'
import { ownRun } from './own-columns.ts'
import { withPrompts } from './with-prompts.ts'

/**
 * The record of what a run was compared with, found again where it was, or among the runs beside it. Undefined where it is there no
 * more, or another one is in its place: what the comparison came to stands in the analysis.
 */
export async function reopenRecord(run: Run, about: BaselineAbout, cwd: string): Promise<Run | undefined> {
  // Compared with a column of its own.
  if (about.runId === run.manifest.id) return undefined
  for (const dir of placesOf(run, about, cwd)) {
    const found = await openWhole(dir)
    if (found?.manifest.id === about.runId) return ownRun(withPrompts(found))
  }
  return undefined
}

/** Folders above a run that are asked whether paths in its record start from there: it may lie in `runs/<suite>/<id>`, or elsewhere. */
const ABOVE = 4

function placesOf({ dir }: Run, { name, kind, runId }: BaselineAbout, cwd: string): string[] {
  const above = Array.from({ length: ABOVE }, (_, i) => path.resolve(dir, ...Array<string>(i + 1).fill('..')))
  const named = [cwd, ...above].flatMap((base) =>
    kind === 'run' ? path.resolve(base, name) : (recordDirOf(path.resolve(base, fileIn(name))) ?? []),
  )
  return [...new Set([...named, path.resolve(dir, '..', runId)])]
}

/** The path in the name of a baseline: `x/baseline.json`, `main:x/baseline.json`, `x/baseline.json of 0123abcd, where …`. */
function fileIn(name: string): string {
  const [file = name] = name.split(' of ')
  return path.isAbsolute(file) ? file : file.slice(file.indexOf(':') + 1)
}

/** Undefined for what is no run folder, or lacks its journal. */
async function openWhole(dir: string): Promise<Run | undefined> {
  const journal = await stat(path.join(dir, 'trials.jsonl')).catch(() => undefined)
  return journal?.isFile() === true ? openRun(dir, dir).catch(() => undefined) : undefined
}
