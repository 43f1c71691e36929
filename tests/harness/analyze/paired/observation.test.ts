import { describe, expect, it } from 'vitest'
import { observationOf } from '../../../../harness/analyze/paired/observation.ts'
import { makeErrored, makeTrial } from '../make-trial.ts'

describe('an observation', () => {
  it('has no scores where the cell errored: it is missing, not failed', () => {
    expect(observationOf(makeErrored('unavailable')).scores).toBeNull()
  })

  it('takes a reply that no feedback followed for the first try as well', () => {
    const feedback = { attempts: 1, addedMs: 0, addedUsd: 0, ended: 'passed' } as const
    expect(observationOf(makeTrial({ feedback })).scores).toEqual({ pass: 1, pass_first: 1 })
  })

  it('has no first try where that one errored', () => {
    const feedback = { attempts: 2, addedMs: 0, addedUsd: 0, ended: 'passed' } as const
    const first = { outcome: 'errored', score: null, namedScores: {} } as const
    expect(observationOf(makeTrial({ feedback, first })).scores).toEqual({ pass: 1 })
  })

  it.each([
    ['vars.document', 'd1'],
    ['metadata.source.page', '7'],
    ['vars.missing', undefined],
    ['vars.toString', undefined],
    ['vars.empty', undefined],
    ['document', undefined],
  ])('finds the cluster %s: %s', (path, expected) => {
    const cell = { vars: { document: 'd1', empty: '' }, metadata: { source: { page: 7 } } }
    expect(observationOf(makeTrial({ cell }), path).info().cluster).toBe(expected)
  })

  it('knows the tags and the scalar metadata of its case, its id apart', () => {
    const metadata = {
      id: 'c1',
      tags: ['a', 'a', 3],
      language: 'de',
      level: 2,
      nested: {},
      long: 'x'.repeat(99),
    }
    const info = observationOf(makeTrial({ cell: { metadata } })).info()
    expect(info.tags).toEqual(['a'])
    expect(info.slices).toEqual({ language: 'de', level: '2' })
  })

  it('has the latency of the first round where feedback followed it', () => {
    const timing = { queuedMs: 0, backoffMs: 0, latencyMs: 70, trusted: true }
    const attempts = [
      { reply: {}, timing, costUsd: 0 },
      { reply: {}, attempt: 1, timing: { ...timing, latencyMs: 900 }, costUsd: 0 },
    ]
    expect(observationOf(makeTrial({ latencyMs: 900, attempts })).latencyMs).toBe(70)
  })

  it('has no cost where its token counts are estimates', () => {
    const usage = { input: 10, output: 1, estimated: true }
    expect(observationOf(makeTrial({ usage, costUsd: 0.5 })).costUsd).toBeNull()
    expect(observationOf(makeTrial({ usage: { ...usage, estimated: false }, costUsd: 0.5 })).costUsd).toBe(
      0.5,
    )
  })

  it('has neither cost nor latency where the output stands in the suite', () => {
    const { latencyMs, costUsd } = observationOf(makeTrial({ attempts: [], latencyMs: null, costUsd: 0 }))
    expect([latencyMs, costUsd]).toEqual([null, null])
  })
})
