import { join } from 'node:path'
import type { Measured } from './measure.ts'
import { measure } from './measure.ts'
import type { BenchTable } from './table.ts'

export const ROOT = join(import.meta.dirname, '../..')
const ASSAY = join(ROOT, 'bin/assay.mjs')
const PROMPTFOO = join(ROOT, 'node_modules/promptfoo/dist/src/entrypoint.js')

/** What a group of benchmarks is given. */
export interface BenchContext {
  /** An empty folder of its own. */
  readonly work: string
  /** How often a figure is counted: its median is shown. */
  readonly runs: number
  /** False to leave promptfoo, which is slow, out. */
  readonly promptfoo: boolean
  readonly table: BenchTable
}

export function assay(
  cwd: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Measured> {
  // As the first line of bin/assay.mjs has it.
  return measure(['--max-semi-space-size=8', ASSAY, ...args], cwd, env)
}

/** `assay run` whose every cell is called. */
export function assayRun(
  cwd: string,
  concurrency: number,
  env?: Readonly<Record<string, string>>,
): Promise<Measured> {
  return assay(cwd, ['run', 'suite.yaml', '--no-cache', '--concurrency', String(concurrency)], env)
}

export function promptfoo(cwd: string, concurrency: number, more: readonly string[] = []): Promise<Measured> {
  const quiet = ['--no-progress-bar', '--no-table', '--no-cache']
  const env = `--env-file=${join(ROOT, 'scripts/promptfoo.env')}`
  return measure(
    [env, PROMPTFOO, 'eval', '-c', 'suite.yaml', '-j', String(concurrency), ...quiet, ...more],
    cwd,
  )
}

export function seconds(wallMs: number): string {
  return `${(wallMs / 1000).toFixed(2)} s`
}

export function mebibytes({ peakMiB }: Measured): string {
  return `${peakMiB.toFixed(0)} MiB`
}

/** Cells a second, of so many in so many milliseconds. */
export function rate(cells: number, ms: number): string {
  return `${Math.round(cells / (ms / 1000)).toLocaleString('en-US')} cells/s`
}
