import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'
import type { HistoryColumn, HistoryEntry } from '../../../harness/model/history.ts'
import type { Manifest } from '../../../harness/model/run.ts'
import type { Trial } from '../../../harness/model/trial.ts'
import { makeInput } from '../../reports/make-input.ts'
import { makeTrial } from '../analyze/make-trial.ts'

const made: string[] = []
afterAll(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true })
})

/** An empty `runs/<suite>` in a folder of its own. */
export function makeSuiteFolder(suite = 'sentiment'): string {
  const dir = join(mkdtempSync(join(tmpdir(), 'assay-history-')), 'runs', suite)
  made.push(dirname(dirname(dir)))
  mkdirSync(dir, { recursive: true })
  return dir
}

interface RunParts {
  readonly manifest?: Partial<Manifest>
  readonly trials?: readonly Trial[]
  readonly planned?: number
}

/** Writes a finished run of a suite into its folder, with the analysis and the verdict of its trials; returns its folder. */
export function writeRun(
  suiteDir: string,
  id: string,
  { manifest = {}, trials, planned }: RunParts = {},
): string {
  const dir = join(suiteDir, id)
  mkdirSync(dir, { recursive: true })
  const input = makeInput({
    trials: trials ?? [makeTrial()],
    ...(planned !== undefined && { planned }),
    manifest: {
      id,
      startedAt: timeOf(id),
      columns: [{ prompt: 'zero-shot', provider: 'flash', hash: 'h1' }],
      ...manifest,
    },
  })
  const files = { manifest: input.run.manifest, analysis: input.analysis, verdict: input.verdict }
  for (const [name, value] of Object.entries(files))
    writeFileSync(join(dir, `${name}.json`), JSON.stringify(value))
  return dir
}

/** `20260101-…-0003`: the id of the nth run, and the time it was started. */
export function runId(n: number): string {
  return `20260101-000000-000-${String(n).padStart(4, '0')}`
}

function timeOf(id: string): string {
  const n = Number(/\d+$/.exec(id)?.[0] ?? 0)
  return new Date(Date.UTC(2026, 0, 1) + n * 3_600_000).toISOString()
}

/** The nth entry of a history: one column that passes 8 of 10 cells, but for what is given. */
export function makeEntry(
  n: number,
  column: Partial<HistoryColumn> = {},
  parts: Partial<HistoryEntry> = {},
): HistoryEntry {
  const id = runId(n)
  return {
    id,
    dir: id,
    at: timeOf(id),
    decision: 'pass',
    exitCode: 0,
    suiteHash: 's1',
    isWhole: true,
    cells: { planned: 10, passed: 8, failed: 2, errored: 0, absent: 0 },
    spentUsd: 0.01,
    columns: [makeColumn(column)],
    ...parts,
  }
}

export function makeColumn(parts: Partial<HistoryColumn> = {}): HistoryColumn {
  return {
    prompt: 'few-shot',
    provider: 'sonnet',
    hash: 'h1',
    scored: 10,
    replayed: 0,
    quality: 0.8,
    interval: { lo: 0.49, hi: 0.94 },
    latency: 100,
    cost: 0.001,
    refusal: 0,
    length: 30,
    ...parts,
  }
}
