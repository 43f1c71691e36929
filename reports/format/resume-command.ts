import { relative } from 'node:path'
import type { Run } from '../../harness/model/run.ts'
import { shellCommand } from './shell-word.ts'

const RUN_FOLDER = /(?:^|[/\\])(runs[/\\][^/\\]+[/\\][^/\\]+)$/

/** The run's folder as its reader would type it: from the working directory where it lies below that. */
export function typedPath(dir: string, cwd: string | undefined): string {
  // A file may be read anywhere: best where the folder of runs is.
  if (cwd === undefined) return RUN_FOLDER.exec(dir)?.[1] ?? dir
  const path = relative(cwd, dir)
  return path === '' || path.startsWith('..') ? dir : path
}

/** The command that finishes a run, for a shell. None for one that is still going on, or that checked another's replies: it has no calls to make. */
export function resumeCommand({
  dir,
  manifest,
  soFar,
}: Pick<Run, 'dir' | 'manifest' | 'soFar'>): string | undefined {
  return manifest.verifies === undefined && soFar === undefined ? commandFor(dir) : undefined
}

/** The same for a run of which no more is known than its folder. */
export function commandFor(dir: string): string {
  return shellCommand(['assay', 'resume', dir])
}
