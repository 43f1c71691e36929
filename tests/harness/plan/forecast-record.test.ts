import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Manifest } from '../../../harness/model/run.ts'
import type { JournalLine } from '../../../harness/model/trial.ts'
import { readRecordedUsage } from '../../../harness/plan/forecast-record.ts'
import type { RecordedUsage } from '../../../harness/plan/forecast-record.ts'
import { makeManifest } from '../../../harness/record/manifest.ts'
import { makeTrial } from '../analyze/make-trial.ts'
import { MANIFEST_INPUT } from '../record/make-manifest-input.ts'

const { columns } = MANIFEST_INPUT.plan
const lineOf = (provider: string, costUsd: number, latencyMs = 100): JournalLine =>
  makeTrial({ cell: { provider }, costUsd, latencyMs })

describe('what earlier runs took', () => {
  let cwd: string
  beforeEach(() => {
    cwd = mkdtempSync(join(tmpdir(), 'assay-forecast-'))
  })
  afterEach(() => rmSync(cwd, { recursive: true }))

  function keep(id: string, lines: readonly JournalLine[], over: Partial<Manifest> = {}): string {
    const dir = join(cwd, 'runs', 'sentiment', id)
    mkdirSync(dir, { recursive: true })
    writeFileSync(
      join(dir, 'manifest.json'),
      JSON.stringify({ ...makeManifest(MANIFEST_INPUT), id, ...over }),
    )
    writeFileSync(join(dir, 'trials.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    return dir
  }

  const read = (): Promise<RecordedUsage> => readRecordedUsage('sentiment', columns, { cwd, rounds: 1 })
  const costs = async (): Promise<unknown[]> => {
    const usage = await read()
    return columns.map((column) => usage.columns.get(column)?.cost.usd.mean)
  }

  it('is nothing where there is no run', async () => {
    expect((await read()).columns.size).toBe(0)
  })

  it('is, for each column, that of the last run that answered it', async () => {
    keep('20260101', [lineOf('flash', 1), lineOf('sonnet', 2)])
    keep('20260102', [lineOf('flash', 3)])
    expect(await costs()).toEqual([3, 2])
  })

  it('passes over what cannot be read, and runs that only checked replies again', async () => {
    keep('20260101', [lineOf('flash', 1), lineOf('sonnet', 2)])
    keep('20260102', [lineOf('flash', 9)], { verifies: '20260101' })
    writeFileSync(join(keep('20260103', []), 'trials.jsonl'), 'no journal\n')
    writeFileSync(join(keep('20260104', []), 'manifest.json'), '{"v":99}')
    expect(await costs()).toEqual([1, 2])
  })

  it('tells how many calls an account had in flight, by how long a call took and how often one ended', async () => {
    const lines = Array.from({ length: 200 }, () => lineOf('flash', 1, 500))
    const [startedAt, endedAt] = ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:05.000Z']
    keep('20260101', lines, {
      accounts: [
        { account: 'local', startedAt, endedAt, calls: 200 },
        { account: 'openai', startedAt, endedAt, calls: 3 },
      ],
    })
    expect([...(await read()).inFlight]).toEqual([['local', 20]])
  })

  it('has the calls of graders in it', async () => {
    const timing = { queuedMs: 0, backoffMs: 0, latencyMs: 70, trusted: true }
    const result = {
      request: { prompt: '' },
      reply: { output: '' },
      timing,
      usage: { input: 9, output: 1 },
      costUsd: 0.5,
    }
    const check = { type: 'llm-rubric', pass: true, score: 1, reason: '' }
    const set = { type: 'assert-set', pass: true, score: 1, reason: '', members: [check, check] }
    keep('20260101', [
      { v: 1, kind: 'call', cellId: 'cell', role: 'grader', attempt: 0, result },
      { v: 1, kind: 'call', cellId: 'cell', role: 'model', attempt: 0, result },
      makeTrial({ checks: [set] }),
    ])
    const { graders } = await read()
    expect([graders.calls, graders.callsPerCheck, graders.cost.usd.mean]).toEqual([1, 0.5, 0.5])
  })
})
