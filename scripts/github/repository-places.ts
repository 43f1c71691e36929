import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import type { ReportInput } from '../../harness/model/report.ts'
import { AS_RECORDED, type Places } from '../../reports/github/places.ts'
import type { Io } from '../io.ts'
import { recordedBase } from '../recorded-base.ts'
import { gateLines } from './gate-line.ts'

/** Where a run's files are in the repository: from the root of the checkout that the job works in. */
export async function repositoryPlaces({ run }: ReportInput, io: Io): Promise<Places> {
  const { file } = run.manifest.suite
  const base = recordedBase(file, run.dir, io.cwd)
  if (base === undefined) return AS_RECORDED
  const root = io.env['GITHUB_WORKSPACE'] || checkoutAround(base) || base
  const text = await readFile(resolve(base, file), 'utf8').catch(() => '')
  return { path: (recorded) => pathFrom(root, resolve(base, recorded)) ?? recorded, lineOf: gateLines(text) }
}

/** The folder above that holds a repository. */
function checkoutAround(dir: string): string | undefined {
  if (existsSync(join(dir, '.git'))) return dir
  const above = dirname(dir)
  return above === dir ? undefined : checkoutAround(above)
}

/** With `/`, as GitHub writes paths; undefined for what lies elsewhere. */
function pathFrom(root: string, file: string): string | undefined {
  const path = relative(resolve(root), file)
  return path === '' || path.startsWith('..') || resolve(path) === path
    ? undefined
    : path.split(sep).join('/')
}
