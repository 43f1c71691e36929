import { describe, expect, it } from 'vitest'
import { entryOf } from '../../../harness/history/entry.ts'
import type { HistoryColumn } from '../../../harness/model/history.ts'
import type { Manifest } from '../../../harness/model/run.ts'
import type { Trial } from '../../../harness/model/trial.ts'
import { makeInput } from '../../reports/make-input.ts'
import { makeErrored, makeTrial } from '../analyze/make-trial.ts'

const OWN = { prompt: 'zero-shot', provider: 'flash', hash: 'h1' }

function entry(trials: readonly Trial[], manifest: Partial<Manifest> = {}, planned?: number) {
  const input = makeInput({
    trials,
    manifest: { columns: [OWN], ...manifest },
    ...(planned !== undefined && { planned }),
  })
  return entryOf('folder', { ...input, manifest: input.run.manifest })
}

function column(trials: readonly Trial[]): HistoryColumn | undefined {
  return entry(trials).columns[0]
}

describe('a run in its suite’s history', () => {
  it('keeps the figures that are followed', () => {
    const usage = { input: 100, output: 30 }
    const trials = [
      makeTrial({ latencyMs: 100, costUsd: 0.002, usage, cell: { caseId: 'a' } }),
      makeTrial({ latencyMs: 300, costUsd: 0.004, usage, outcome: 'failed', cell: { caseId: 'b' } }),
    ]
    const about = { git: { commit: 'abc', dirty: true, branch: 'main' } }
    const found = entry(trials, about)
    expect(found).toMatchObject({
      id: 'run-1',
      dir: 'folder',
      at: '2026-11-23T10:00:00.000Z',
      decision: 'block',
      exitCode: 1,
      commit: 'abc-dirty',
      branch: 'main',
      isWhole: true,
      cells: { planned: 2, passed: 1, failed: 1, errored: 0, absent: 0 },
      spentUsd: 0.006,
    })
    const [own] = found.columns
    expect(own).toMatchObject({
      ...OWN,
      scored: 2,
      replayed: 0,
      quality: 0.5,
      latency: 200,
      refusal: 0,
      length: 30,
    })
    expect(own?.cost).toBeCloseTo(0.003, 12)
  })

  it('has the share of refusals, by the model and by a filter before it', () => {
    const filtered = makeErrored('blocked', { caseId: 'b' })
    const [attempt] = filtered.attempts
    const refused = {
      ...filtered,
      attempts: [{ ...attempt!, failure: { kind: 'refused' as const, message: 'x' } }],
    }
    const trials = [makeTrial({ response: { isRefusal: true } }), refused, makeTrial(), makeErrored('down')]
    expect(column(trials)?.refusal).toBe(0.5)
  })

  it('does not know refusals of a record of before they were counted', () => {
    const input = makeInput({ trials: [makeTrial()], manifest: { columns: [OWN] } })
    const analysis = structuredClone(input.analysis)
    for (const each of analysis.columns) delete (each as { refused?: number }).refused
    const old = { ...input, manifest: input.run.manifest, analysis }
    expect(entryOf('x', old).columns[0]).toMatchObject({ refusal: null })
  })

  it('does not know the length of replies that told no count, nor the cost of one without a price', () => {
    expect(column([makeTrial({ costUsd: 'unknown' })])).toMatchObject({ length: null, cost: null })
  })

  it('has no figure of a column of which nothing was scored', () => {
    expect(column([makeErrored('down')])).toMatchObject({
      scored: 0,
      quality: null,
      latency: null,
      cost: null,
      length: null,
    })
  })

  it('leaves out the columns of a baseline that were run beside its own', () => {
    const beside = {
      prompt: 'old',
      provider: 'flash',
      hash: 'h0',
      baseline: { prompt: 'zero-shot', provider: 'flash' },
    }
    const trials = [makeTrial(), makeTrial({ cell: { prompt: 'old' } })]
    expect(entry(trials, { columns: [OWN, beside] }).columns.map(({ prompt }) => prompt)).toStrictEqual([
      'zero-shot',
    ])
  })

  it.each([
    ['a filter', { options: { selection: { filter: { source: 'x', flags: '' } } } }],
    ['a sample', { options: { selection: { sample: { n: 3, seed: 1 } } } }],
    ['chosen cells', { options: { selection: { cellIds: ['c'] } } }],
    ['replies that were checked again', { verifies: 'run-0' }],
    ['an interruption', { interrupted: true }],
  ] satisfies [string, Partial<Manifest>][])('is not whole with %s', (_, manifest) => {
    expect(entry([makeTrial()], manifest).isWhole).toBe(false)
  })

  it('is not whole where cells are missing, or none was planned', () => {
    expect(entry([makeTrial()], {}, 2).isWhole).toBe(false)
    expect(entry([], {}, 0).isWhole).toBe(false)
  })

  it('is whole with more repeats, or in another order', () => {
    expect(entry([makeTrial()], { options: { selection: { repeat: 5, shuffle: 1 } } }).isWhole).toBe(true)
  })
})
