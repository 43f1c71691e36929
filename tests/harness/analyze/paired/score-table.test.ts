import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { observationOf } from '../../../../harness/analyze/paired/observation.ts'
import { ScoreTable } from '../../../../harness/analyze/paired/score-table.ts'
import type { Trial } from '../../../../harness/model/trial.ts'
import { makeErrored, makeTrial } from '../make-trial.ts'
import { COLUMN, FAILED, trialsOf } from './make-arm.ts'

const usage = { input: 1, output: 1 }

function tableOf(trials: readonly Trial[]): ScoreTable {
  const table = new ScoreTable([COLUMN])
  for (const trial of trials) table.add(observationOf(trial))
  return table
}

function trial(caseId: string, repeat: number, parts: Partial<Omit<Trial, 'cell'>> = {}): Trial {
  return makeTrial({ cell: { ...COLUMN, caseId, repeat }, ...parts })
}

/** A reply as a provider gives it out of its own cache: it took no tokens. */
function cached(
  caseId: string,
  repeat: number,
  output: string,
  parts: Partial<Omit<Trial, 'cell'>> = {},
): Trial {
  const timing = { queuedMs: 0, backoffMs: 0, latencyMs: 1, trusted: true }
  return trial(caseId, repeat, {
    output,
    response: { cached: true },
    attempts: [{ reply: { cached: true }, timing, costUsd: 0 }],
    ...parts,
  })
}

describe('a score table', () => {
  it('gives finished repeats in their order, whatever order they came in', () => {
    const table = tableOf([trial('c1', 2), trial('c1', 0, FAILED), trial('c1', 1)])
    expect(table.scores(COLUMN, 'pass', 'c1')).toEqual([0, 1, 1])
  })

  it('leaves errored repeats out of the scores and counts them', () => {
    const table = tableOf(trialsOf({ c1: [1, null, 0], c2: [null] }))
    expect(table.scores(COLUMN, 'pass', 'c1')).toEqual([1, 0])
    expect(table.errored(COLUMN, 'c1')).toBe(1)
    expect(table.scores(COLUMN, 'pass', 'c2')).toEqual([])
    expect(table.cases.map(({ id }) => id)).toEqual(['c1', 'c2'])
  })

  it('knows nothing of a case that did not run', () => {
    const table = tableOf([trial('c1', 0)])
    expect(table.scores(COLUMN, 'pass', 'other')).toEqual([])
    expect(table.errored(COLUMN, 'other')).toBe(0)
    expect(table.caseInfo('other')).toBeUndefined()
    expect(table.text(COLUMN, 'other')).toBeUndefined()
  })

  it('throws for a column that is not one of its own', () => {
    expect(() => tableOf([makeTrial()])).toThrow('no column zero-shot × flash')
  })

  it('takes a named score that is no number for missing, and a named "pass" for none', () => {
    const odd = { a: Number.NaN, b: null as unknown as number, c: 0.5, pass: 7 }
    const table = tableOf([trial('c1', 0, { namedScores: odd })])
    expect(table.metrics(COLUMN)).toEqual(['pass', 'c'])
    expect(table.scores(COLUMN, 'pass', 'c1')).toEqual([1])
    expect(table.scores(COLUMN, 'a', 'c1')).toEqual([])
  })

  it('holds scores apart from those of cells without them', () => {
    const table = tableOf([trial('c1', 0), trial('c1', 1, { namedScores: { tone: 0.25 } })])
    expect(table.scores(COLUMN, 'tone', 'c1')).toEqual([0.25])
  })

  it('lists pass and pass_first before the named metrics, by name', () => {
    const feedback = { attempts: 2, addedMs: 1, addedUsd: 0, ended: 'passed' } as const
    const first = { outcome: 'failed', score: 0, namedScores: {} } as const
    const table = tableOf([trial('c1', 0, { namedScores: { b: 1, a: 1 }, feedback, first })])
    expect(table.metrics(COLUMN)).toEqual(['pass', 'pass_first', 'a', 'b'])
    expect(table.scores(COLUMN, 'pass_first', 'c1')).toEqual([0])
  })

  it('counts a repeat once that is on record twice', () => {
    const [passed, failed] = [trial('c1', 0), trial('c1', 0, FAILED)]
    expect(tableOf([passed, failed]).scores(COLUMN, 'pass', 'c1')).toEqual([0])
    expect(tableOf([failed, passed]).scores(COLUMN, 'pass', 'c1')).toEqual([0])
  })

  it('counts copies of one reply out of the provider’s cache as one', () => {
    const table = tableOf([cached('c1', 0, 'yes'), cached('c1', 1, 'yes'), cached('c1', 2, 'no', FAILED)])
    expect(table.scores(COLUMN, 'pass', 'c1')).toEqual([1, 0])
  })

  it('counts no copy of a reply that was made in the same run, whichever came first', () => {
    const fresh = trial('c1', 1, { output: 'yes' })
    expect(tableOf([cached('c1', 0, 'yes'), fresh]).scores(COLUMN, 'pass', 'c1')).toEqual([1])
  })

  it('keeps equal replies that a cassette replays: their repeats were made apart', () => {
    const timing = { queuedMs: 0, backoffMs: 0, latencyMs: 1, trusted: true }
    const attempts = [{ reply: { cached: true }, timing, costUsd: 0, usage }]
    const replayed = [0, 1, 2].map((r) => cached('c1', r, 'yes', { attempts }))
    expect(tableOf(replayed).scores(COLUMN, 'pass', 'c1')).toEqual([1, 1, 1])
  })

  it('keeps equal replies that were all made', () => {
    const made = [0, 1, 2].map((r) => trial('c1', r, { output: 'yes' }))
    expect(tableOf(made).scores(COLUMN, 'pass', 'c1')).toEqual([1, 1, 1])
  })

  it('takes latencies of fresh, trusted replies only', () => {
    const timing = { queuedMs: 0, backoffMs: 0, latencyMs: 30, trusted: false }
    const table = tableOf([
      trial('c1', 0, { latencyMs: 10 }),
      trial('c1', 1, { latencyMs: 20, response: { cached: true } }),
      trial('c1', 2, { latencyMs: 30, attempts: [{ reply: {}, timing, costUsd: 0 }] }),
      makeErrored('unavailable', { ...COLUMN, caseId: 'c1', repeat: 3 }),
    ])
    expect(table.latencies(COLUMN, 'c1')).toEqual([10])
  })

  it('leaves costs out that are not known', () => {
    const table = tableOf([trial('c1', 0, { costUsd: 'unknown' }), trial('c1', 1, { costUsd: 0 })])
    expect(table.costs(COLUMN, 'c1')).toEqual([0])
  })

  it('quotes the first failing repeat, by the checks that failed within an assert-set too', () => {
    const checks = [
      {
        type: 'assert-set',
        pass: false,
        score: 0,
        reason: 'the set',
        members: [
          { type: 'contains', pass: true, score: 1, reason: '' },
          { type: 'is-json', pass: false, score: 0, reason: 'no JSON' },
        ],
      },
    ]
    const table = tableOf([
      trial('c1', 2, FAILED),
      trial('c1', 1, { outcome: 'failed', checks, output: 'x'.repeat(1000) }),
      trial('c1', 0, { output: 'first' }),
    ])
    expect(table.text(COLUMN, 'c1')).toMatchObject({ reason: 'no JSON', checks: ['is-json'] })
    expect(table.text(COLUMN, 'c1')?.output).toHaveLength(300)
    expect(table.output(COLUMN, 'c1')).toBe('first')
  })

  it('takes cases out, and counts them anew when they are added again', () => {
    const table = tableOf(trialsOf({ c1: [0], c2: [0] }))
    table.remove(['c1', 'unknown'])
    expect(table.cases.map(({ id }) => id)).toEqual(['c2'])
    expect(table.scores(COLUMN, 'pass', 'c1')).toEqual([])
    expect(table.text(COLUMN, 'c1')).toBeUndefined()
    table.add(observationOf(trial('c1', 0)))
    expect(table.scores(COLUMN, 'pass', 'c1')).toEqual([1])
    expect(table.cases.map(({ id }) => id)).toEqual(['c1', 'c2'])
  })

  it('can be read between two additions', () => {
    const table = tableOf([trial('c1', 0)])
    expect(table.scores(COLUMN, 'pass', 'c1')).toEqual([1])
    table.add(observationOf(trial('c1', 1, FAILED)))
    table.add(observationOf(trial('c2', 0)))
    expect(table.scores(COLUMN, 'pass', 'c1')).toEqual([1, 0])
    expect(table.scores(COLUMN, 'pass', 'c2')).toEqual([1])
  })

  it('reads the same whatever the order, more cells than it first has room for included', () => {
    const trials = trialsOf(
      Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`c${i}`, [1, i % 3 === 0 ? 0 : 1]])),
    )
    const read = (table: ScoreTable) =>
      table.cases.map((info) => [info, table.scores(COLUMN, 'pass', info.id), table.text(COLUMN, info.id)])
    const expected = read(tableOf(trials))
    fc.assert(
      fc.property(fc.shuffledSubarray(trials, { minLength: trials.length }), (shuffled) => {
        expect(read(tableOf(shuffled))).toEqual(expected)
      }),
      { seed: 4, numRuns: 20 },
    )
  })
})
