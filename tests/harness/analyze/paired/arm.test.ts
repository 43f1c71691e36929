import { describe, expect, it } from 'vitest'
import type { Arm } from '../../../../harness/analyze/paired/arm.ts'
import { armOfBaseline, armOfRun } from '../../../../harness/analyze/paired/arm.ts'
import type { Baseline } from '../../../../harness/model/baseline.ts'
import type { Manifest, Run } from '../../../../harness/model/run.ts'
import type { Trial } from '../../../../harness/model/trial.ts'
import { COLUMN, FAILED, trialsOf } from './make-arm.ts'

type ManifestParts = Partial<Manifest>

function runOf(trials: readonly Trial[], parts: ManifestParts = {}): Run {
  const manifest: Manifest = {
    v: 1,
    id: '2026-11-20-run',
    suite: { name: 'sentiment', file: 'suites/sentiment/suite.yaml', hash: 'suite' },
    files: {},
    columns: [{ ...COLUMN, hash: 'column' }],
    providers: [{ key: 'flash', id: 'file://flash.ts', account: 'flash', config: { b: 1, a: 2 } }],
    prompts: [{ key: 'few-shot', raw: 'Classify {{mail}}', file: 'few.txt' }],
    cells: { planned: trials.length, cases: trials.length },
    repeat: 2,
    versions: { prices: '2026-11-01' },
    machine: {},
    command: [],
    startedAt: '2026-11-20T00:00:00.000Z',
    ...parts,
  }
  async function* stream(): AsyncGenerator<Trial> {
    yield* trials
  }
  return { dir: 'runs/sentiment/1', manifest, trials: stream }
}

const baseline: Baseline = {
  v: 1,
  hash: 'whole',
  suite: { name: 'sentiment', hash: 'suite' },
  run: '2026-11-20-run',
  accepted: { at: '2026-11-21T00:00:00.000Z', by: 'Ada', reason: 'first' },
  margin: 0.05,
  repeat: 2,
  versions: {},
  columns: [{ ...COLUMN, hash: 'column', promptHash: 'p', configHash: 'c' }],
  replies: true,
  cases: [
    {
      id: 'a',
      description: 'the case a',
      varsHash: 'v',
      checksHash: 'k',
      scores: { 'few-shot × flash': { pass: [1, 0], tone: [0.5] }, 'gone × flash': { pass: [1] } },
    },
    { id: 'b', checksHash: 'k', scores: {}, errored: { 'few-shot × flash': 2 } },
  ],
}

async function hashes(
  parts: ManifestParts,
): Promise<Pick<Arm['columns'][number], 'promptHash' | 'configHash'>> {
  const [column] = (await armOfRun(runOf([], parts))).columns
  if (column === undefined) throw new Error('no column')
  return { promptHash: column.promptHash, configHash: column.configHash }
}

describe('the arm of a run', () => {
  it('streams its trials, and says where it is from', async () => {
    const arm = await armOfRun(runOf(trialsOf({ a: [1, 0] })), { name: 'last' })
    expect(arm.about).toMatchObject({ name: 'last', kind: 'run', runId: '2026-11-20-run', replies: true })
    expect(arm.table.scores(COLUMN, 'pass', 'a')).toEqual([1, 0])
    expect(arm.columns[0]).toMatchObject({ raw: 'Classify {{mail}}', providerId: 'file://flash.ts' })
  })

  it('has a digest of the prompt and one of the provider, which the order of settings does not change', async () => {
    const plain = await hashes({})
    const account = { key: 'flash', id: 'file://flash.ts', account: 'flash' }
    expect(await hashes({ providers: [{ ...account, config: { a: 2, b: 1 } }] })).toEqual(plain)
    const other = await hashes({ providers: [{ ...account, config: { a: 3, b: 1 } }] })
    expect(other.promptHash).toBe(plain.promptHash)
    expect(other.configHash).not.toBe(plain.configHash)
    const classed = await hashes({
      providers: [{ ...account, config: { a: 2, b: 1 }, model: 'bedrock:next' }],
    })
    expect(classed.configHash).not.toBe(plain.configHash)
    const edited = await hashes({ prompts: [{ key: 'few-shot', raw: 'Other', file: 'few.txt' }] })
    expect(edited.promptHash).not.toBe(plain.promptHash)
    expect(edited.configHash).toBe(plain.configHash)
  })
})

describe('the arm of a baseline', () => {
  it('has the scores of the file, in their order, and its errors', async () => {
    const arm = await armOfBaseline(baseline, undefined, { name: 'suites/sentiment/baseline.json' })
    expect(arm.about).toMatchObject({ kind: 'baseline', by: 'Ada', name: 'suites/sentiment/baseline.json' })
    expect(arm.table.scores(COLUMN, 'pass', 'a')).toEqual([1, 0])
    expect(arm.table.scores(COLUMN, 'tone', 'a')).toEqual([0.5])
    expect(arm.table.errored(COLUMN, 'b')).toBe(2)
    expect(arm.table.caseInfo('a')).toEqual({
      id: 'a',
      description: 'the case a',
      varsHash: 'v',
      checksHash: 'k',
      tags: [],
      slices: {},
    })
    expect(arm.table.latencies(COLUMN, 'a')).toEqual([])
    expect(arm.columns[0]?.raw).toBeUndefined()
  })

  it('has latencies, costs, words, tags and texts of its record, and never its scores', async () => {
    const record = runOf(
      trialsOf({ a: [0, { ...FAILED, latencyMs: 55, costUsd: 0.02 }] }, COLUMN, () => ({
        metadata: { tags: ['critical'] },
        vars: { document: 'd1' },
      })),
    )
    const arm = await armOfBaseline(baseline, record, { cluster: 'vars.document' })
    expect(arm.table.scores(COLUMN, 'pass', 'a')).toEqual([1, 0])
    expect(arm.table.latencies(COLUMN, 'a')).toEqual([100, 55])
    expect(arm.table.costs(COLUMN, 'a')).toEqual([0.001, 0.02])
    expect(arm.table.text(COLUMN, 'a')).toMatchObject({ reason: 'expected positive', output: 'positive' })
    expect(arm.table.caseInfo('a')).toMatchObject({ tags: ['critical'], cluster: 'd1', varsHash: 'v' })
    expect(arm.columns[0]).toMatchObject({ raw: 'Classify {{mail}}', promptHash: 'p', configHash: 'c' })
  })

  it('pairs the finished repeats of its record, wherever an error stood between them', async () => {
    const record = runOf(trialsOf({ a: [null, { latencyMs: 1 }, { latencyMs: 2 }] }))
    expect((await armOfBaseline(baseline, record)).table.latencies(COLUMN, 'a')).toEqual([1, 2])
  })
})
