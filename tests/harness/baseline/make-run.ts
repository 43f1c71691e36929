import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { Manifest } from '../../../harness/model/run.ts'
import type { JournalLine, Trial } from '../../../harness/model/trial.ts'
import { makeManifest } from '../../../harness/record/manifest.ts'
import { makeCall, makeTrial } from '../record/make-lines.ts'
import { MANIFEST_INPUT } from '../record/make-manifest-input.ts'

const made: string[] = []
afterAll(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true })
})

/** An empty folder, which is removed when the tests of the file are over. */
export function makeFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'assay-baseline-'))
  made.push(dir)
  return dir
}

interface CellOptions {
  readonly provider?: 'flash' | 'sonnet'
  readonly repeat?: number
  readonly outcome?: Trial['outcome']
  readonly output?: string
  readonly vars?: Record<string, unknown>
}

/** A model's call, a grader's and the trial of one cell. */
export function makeCell(caseId: string, options: CellOptions = {}): JournalLine[] {
  const { provider = 'flash', repeat = 0, outcome = 'passed', output = `said of ${caseId}` } = options
  const id = `${caseId}-${provider}-${repeat}`
  const trial = makeTrial(caseId, output)
  const { vars = trial.cell.vars } = options
  const score = { passed: 1, failed: 0, errored: null }[outcome]
  return [
    makeCall(id, output),
    { ...makeCall(id, 'a judgement'), role: 'grader' },
    {
      ...trial,
      cell: { ...trial.cell, id, provider, repeat, vars },
      outcome,
      score,
      namedScores: score === null ? {} : { accuracy: 0.5 + score / 4 },
      latencyMs: 100 + repeat,
      costUsd: 0.002,
      ...(outcome === 'errored' && { error: 'the grader broke on what was said' }),
    },
  ]
}

/** Cases × both columns × repeats. */
export function makeCells(caseIds: readonly string[], repeats: number): JournalLine[][] {
  return caseIds.flatMap((caseId) =>
    (['flash', 'sonnet'] as const).flatMap((provider) =>
      Array.from({ length: repeats }, (_, repeat) => makeCell(caseId, { provider, repeat })),
    ),
  )
}

/** A run folder of `zero-shot` on `flash` and `sonnet`. */
export function writeRun(dir: string, lines: readonly JournalLine[], more: Partial<Manifest> = {}): void {
  mkdirSync(dir, { recursive: true })
  const manifest = { ...makeManifest(MANIFEST_INPUT), endedAt: '2026-01-31T14:30:00.000Z', ...more }
  writeFileSync(join(dir, 'manifest.json'), JSON.stringify(manifest))
  writeFileSync(join(dir, 'trials.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
}
