import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { ColumnName } from '../../../harness/model/column-name.ts'
import { HarnessError } from '../../../harness/model/errors.ts'
import type { ReportInput } from '../../../harness/model/report.ts'
import { replyHash, type Review } from '../../../harness/model/review.ts'
import type { Run } from '../../../harness/model/run.ts'
import type { Outcome, Trial } from '../../../harness/model/trial.ts'
import { CHANGES, FLAGS } from '../../../reports/html/data/about.ts'
import { aligned, ARRAYS } from '../../../reports/html/data/fields.ts'
import { collectCells } from '../../../reports/html/data/write/collect-cells.ts'
import type { PackedArm } from '../../../reports/html/data/write/pack-arm.ts'
import { makeErrored, makeTrial, makeUntrusted } from '../../harness/analyze/make-trial.ts'
import { makeComparison, makeFlip, makeMetric } from '../make-comparison.ts'
import { makeInput, makeManifest } from '../make-input.ts'

const FLASH: ColumnName = { prompt: 'zero-shot', provider: 'flash' }
const FEW: ColumnName = { prompt: 'few-shot', provider: 'flash' }
const NO_FLIPS = { flips: [], broken: [], flipCounts: { worse: 0, better: 0 } }

const NO_HISTOGRAM = { bounds: [], counts: [], n: 0, p50: 0, column: FLASH, arm: 'run' }

let cells = 0

/** Trials of a case, one for each letter: p(assed), f(ailed), e(rrored). */
function repeats(caseId: string, outcomes: string, column = FLASH, arm = 'now'): Trial[] {
  const words: Record<string, Outcome> = { p: 'passed', f: 'failed', e: 'errored' }
  return outcomes.split('').map((letter, repeat) => {
    const id = (cells++).toString(16).padStart(16, '0')
    const cell = { id, caseId, repeat, ...column }
    const told = `${arm} ${caseId} ${repeat}`
    if (letter === 'e') return makeErrored('503', cell)
    return makeTrial({
      cell,
      outcome: words[letter] ?? 'passed',
      output: told,
      request: { prompt: `ask ${told}` },
    })
  })
}

function recordOf(trials: readonly Trial[], id = 'base-1'): Run {
  return {
    dir: 'base',
    manifest: makeManifest({ id }),
    async *trials() {
      yield* trials
    },
  }
}

/** A run that is compared column by column, but for what is given. */
function compared(
  trials: readonly Trial[],
  base: readonly Trial[] | undefined,
  parts: Parameters<typeof makeComparison>[0] = {},
): ReportInput {
  const columns = [{ column: FLASH, against: FLASH, by: 'label' as const }]
  const { pairing } = makeComparison()
  const comparison = makeComparison({ ...NO_FLIPS, metrics: [], pairing: { ...pairing, columns }, ...parts })
  const input = makeInput({ trials })
  return {
    ...input,
    analysis: { ...input.analysis, comparison },
    ...(base !== undefined && { baseline: recordOf(base) }),
  }
}

function numbers({ fields, numbers: packed }: PackedArm, name: string): number[] {
  const bytes = new Uint8Array(gunzipSync(packed)).buffer
  let offset = 0
  for (const field of fields) {
    const values = new ARRAYS[field.type](bytes, offset, field.length)
    if (field.name === name) return [...values]
    offset += aligned(values.byteLength)
  }
  throw new Error(`no field ${name}`)
}

async function changes(input: ReportInput): Promise<(string | undefined)[]> {
  const { main } = await collectCells(input)
  return numbers(main, 'change').map((one) => CHANGES[one])
}

describe('what changed', () => {
  it('goes by the passes of as many repeats of both arms, where the analysis does not list all flips', async () => {
    const now = [...repeats('a', 'pf'), ...repeats('b', 'pp'), ...repeats('c', 'ppp'), ...repeats('d', 'ep')]
    const then = [
      ...repeats('a', 'pp'),
      ...repeats('b', 'pf'),
      ...repeats('c', 'pp'),
      ...repeats('d', 'p'),
      ...repeats('gone', 'p'),
    ]
    const input = compared([...now, ...repeats('new', 'p')], then, { flipCounts: { worse: 300, better: 1 } })
    expect(await changes(input)).toStrictEqual([
      'regressed',
      'regressed',
      'improved',
      'improved',
      'same',
      'same',
      'same',
      'same',
      'same',
      'none',
    ])
  })

  it('goes by the analysis where that lists all flips: replies of the baseline may have been checked again', async () => {
    const flips = [
      makeFlip({
        caseId: 'a',
        column: FLASH,
        against: FLASH,
        base: { passed: 1, of: 1 },
        candidate: { passed: 0, of: 1 },
      }),
    ]
    const now = [...repeats('a', 'f'), ...repeats('b', 'f'), ...repeats('c', 'p')]
    const then = [...repeats('a', 'f'), ...repeats('b', 'p'), ...repeats('c', 'p')]
    const input = compared(now, then, { flips, flipCounts: { worse: 1, better: 0 } })
    expect(await changes(input)).toStrictEqual(['regressed', 'none', 'same'])
  })

  it('is known of listed flips alone where the baseline is not at hand', async () => {
    const flips = [
      makeFlip({
        caseId: 'b',
        column: FLASH,
        against: FLASH,
        base: { passed: 0, of: 3 },
        candidate: { passed: 1, of: 3 },
      }),
    ]
    const input = compared([...repeats('a', 'p'), ...repeats('b', 'f')], undefined, { flips })
    expect(await changes(input)).toStrictEqual(['none', 'improved'])
  })

  it('is against another column of the run where the gate says so', async () => {
    const { pairing } = makeComparison()
    const columns = [{ column: FEW, against: FLASH, by: 'against' as const }]
    const trials = [...repeats('a', 'p', FLASH), ...repeats('a', 'f', FEW)]
    const input = compared(trials, undefined, {
      pairing: { ...pairing, columns },
      flipCounts: { worse: 201, better: 0 },
    })
    expect(await changes(input)).toStrictEqual(['none', 'regressed'])
    expect((await collectCells(input)).about.against).toStrictEqual([-1, 0])
  })

  it('is against the baseline as it was run again beside, where it was', async () => {
    const again = { prompt: 'zero-shot@baseline', provider: 'flash' }
    const input = compared([...repeats('a', 'f'), ...repeats('a', 'p', again)], repeats('a', 'f'), {
      flipCounts: { worse: 201, better: 0 },
    })
    const { runId } = makeComparison().baseline
    const manifest = makeManifest({
      baseline: { name: 'baseline.json', run: runId },
      columns: [
        { ...FLASH, hash: 'a' },
        { ...again, hash: 'b', baseline: FLASH },
      ],
    })
    const beside = { ...input, run: { ...input.run, manifest } }
    expect(await changes(beside)).toStrictEqual(['regressed', 'none'])
    const { about, base } = await collectCells(beside)
    expect(about.against).toStrictEqual([1, -1])
    expect(base?.pairs).toStrictEqual([0, -1])
  })

  it('is nothing in a run that is compared with nothing', async () => {
    const { main, base } = await collectCells(makeInput({ trials: repeats('a', 'pf') }))
    expect(numbers(main, 'change')).toStrictEqual([0, 0])
    expect(base).toBeUndefined()
  })
})

describe('the baseline', () => {
  it('has its rows of the cases and columns that are compared, cases numbered as in the run', async () => {
    const then = [
      ...repeats('gone', 'p'),
      ...repeats('b', 'pf'),
      ...repeats('b', 'p', FEW),
      ...repeats('a', 'p'),
    ]
    const input = compared([...repeats('a', 'p'), ...repeats('b', 'pp')], then)
    const { base } = await collectCells(input)
    expect(base?.columns).toStrictEqual([FLASH])
    expect(numbers(base as PackedArm, 'case')).toStrictEqual([1, 1, 0])
  })
})

describe('the baseline’s record', () => {
  it('is left out where it can no longer be read', async () => {
    const baseline = recordOf([])
    const damaged: Run = {
      ...baseline,
      async *trials() {
        yield* repeats('a', 'p')
        throw new HarnessError('usage', 'line 2 is damaged')
      },
    }
    const { base, main } = await collectCells({ ...compared(repeats('a', 'f'), []), baseline: damaged })
    expect(base).toBeUndefined()
    expect(main.rows).toBe(1)
  })
})

describe('flags', () => {
  it('mark repeats that disagree, gating columns, quarantined cases, replays and hidden latency', async () => {
    const replayed = makeTrial({ cell: { id: 'a'.repeat(64), caseId: 'r' }, response: { cached: true } })
    const hidden = { ...makeUntrusted(), cell: { ...replayed.cell, id: 'b'.repeat(64), caseId: 'h' } }
    const trials = [...repeats('a', 'pfe'), ...repeats('q', 'p', FEW), replayed, hidden]
    const input = compared(trials, undefined, {
      metrics: [makeMetric({ column: FLASH, gates: true }), makeMetric({ column: FEW, gates: false })],
    })
    const quarantined = [
      { caseId: 'q', state: 'active' as const },
      { caseId: 'a', state: 'expired' as const },
    ]
    const { main } = await collectCells({ ...input, analysis: { ...input.analysis, quarantined } })
    const flaky = FLAGS.flaky | FLAGS.gates
    expect(numbers(main, 'flags')).toStrictEqual([
      flaky,
      flaky,
      flaky,
      FLAGS.quarantined,
      FLAGS.gates | FLAGS.replayed,
      FLAGS.gates | FLAGS.untrusted,
    ])
  })

  it('mark what is left out of a page that is shared, and count it', async () => {
    const trials = [...repeats('a', 'p'), ...repeats('b', 'pp')]
    const { main, about } = await collectCells({ ...makeInput({ trials }), share: { cases: ['a', 'other'] } })
    expect(numbers(main, 'flags')).toStrictEqual([0, FLAGS.withheld, FLAGS.withheld])
    expect(about.shared).toStrictEqual({ cases: 1, of: 2 })
  })
})

describe('latency', () => {
  it('is counted of fresh, trusted first replies, on one grid', async () => {
    const latencies = [100, 100, 1_000, 10_000]
    const fresh = latencies.map((latencyMs, i) => makeTrial({ cell: { repeat: i }, latencyMs }))
    const { latency } = (
      await collectCells(
        makeInput({
          trials: [
            ...fresh,
            makeTrial({ cell: { repeat: 8 }, latencyMs: 5, response: { cached: true } }),
            makeUntrusted(),
            makeErrored('503'),
          ],
        }),
      )
    ).figures
    expect(latency).toHaveLength(1)
    const [{ bounds, counts, n, p50, column, arm } = NO_HISTOGRAM] = latency
    expect({ n, p50, column, arm }).toStrictEqual({ n: 4, p50: 550, column: FLASH, arm: 'run' })
    expect(bounds).toHaveLength(counts.length + 1)
    expect(
      counts.flatMap((count, i) => (count === 0 ? [] : [[Math.round(bounds[i] ?? 0), count]])),
    ).toStrictEqual([
      [100, 2],
      [1_000, 1],
      [10_000, 1],
    ])
  })

  it('is that of untrusted replies where none is trusted, and nothing where there is none', async () => {
    const { figures } = await collectCells(makeInput({ trials: [makeUntrusted()] }))
    expect(figures.latency).toMatchObject([{ n: 1, p50: 200 }])
    expect((await collectCells(makeInput({ trials: [makeErrored('503')] }))).figures.latency).toStrictEqual(
      [],
    )
  })

  it('of the baseline stands under the column of the run', async () => {
    const against = { prompt: 'old', provider: 'flash' }
    const { pairing } = makeComparison()
    const input = compared(repeats('a', 'p'), repeats('a', 'p', against), {
      pairing: { ...pairing, columns: [{ column: FLASH, against, by: 'renamed' }] },
    })
    const { figures } = await collectCells(input)
    expect(figures.latency.map(({ arm, column }) => [arm, column])).toStrictEqual([
      ['run', FLASH],
      ['baseline', FLASH],
    ])
  })
})

describe('slices', () => {
  it('are tags and kinds of metadata with five cases at least, none of them all', async () => {
    const trials = Array.from({ length: 12 }, (_, i) =>
      makeTrial({
        cell: {
          id: `${i}`.repeat(16),
          caseId: `c${i}`,
          metadata: {
            id: `c${i}`,
            tags: i < 5 ? ['critical', 'all'] : 'all',
            language: i < 6 ? 'de' : 'en',
            n: i,
          },
        },
        outcome: i % 2 === 0 ? 'passed' : 'failed',
      }),
    )
    const { slices } = (await collectCells(makeInput({ trials }))).figures
    expect(slices).toStrictEqual([
      { slice: 'language: de', column: FLASH, passed: 3, scored: 6 },
      { slice: 'language: en', column: FLASH, passed: 3, scored: 6 },
      { slice: 'tag: critical', column: FLASH, passed: 3, scored: 5 },
    ])
  })
})

describe('texts of flips', () => {
  it('are of the first repeats that show the change, in either arm', async () => {
    const counts = { base: { passed: 2, of: 2 }, candidate: { passed: 1, of: 2 } }
    const flips = [makeFlip({ caseId: 'a', column: FLASH, against: FLASH, ...counts })]
    const now = repeats('a', 'pf')
    const { figures } = await collectCells(compared(now, repeats('a', 'fp', FLASH, 'then'), { flips }))
    expect(figures.flips).toStrictEqual([
      {
        caseId: 'a',
        column: FLASH,
        cell: now[1]?.cell.id,
        output: 'now a 1',
        prompt: 'ask now a 1',
        baseOutput: 'then a 1',
        basePrompt: 'ask then a 1',
      },
    ])
  })

  it('come from the other column where a run is compared within', async () => {
    const { pairing } = makeComparison()
    const columns = [{ column: FEW, against: FLASH, by: 'against' as const }]
    const flips = [makeFlip({ caseId: 'a', column: FEW, against: FLASH })]
    const trials = [...repeats('a', 'p', FLASH, 'zero'), ...repeats('a', 'f', FEW, 'few')]
    const input = compared(trials, undefined, { flips, pairing: { ...pairing, columns } })
    expect((await collectCells(input)).figures.flips).toMatchObject([
      { output: 'few a 0', baseOutput: 'zero a 0' },
    ])
  })

  it('are at most 50, the longest cut, and of the cases that failed most in a run without a baseline', async () => {
    const trials = Array.from({ length: 60 }, (_, i) =>
      makeTrial({ cell: { caseId: `c${i}` }, outcome: 'failed', output: 'x'.repeat(30_000) }),
    )
    const { flips } = (await collectCells(makeInput({ trials }))).figures
    expect(flips.length).toBeGreaterThan(5)
    expect(flips.length).toBeLessThanOrEqual(50)
    expect(flips[0]?.output).toHaveLength(20_000)
    expect(flips[0]?.baseOutput).toBeUndefined()
  })
})

describe('reviews', () => {
  const review = (parts: Partial<Review>): Review => ({
    cellId: 'x',
    caseId: 'a',
    column: FLASH,
    repeat: 0,
    replyHash: replyHash('now a 0'),
    outcome: 'failed',
    mark: 'label_wrong',
    at: '2026-11-23T10:00:00Z',
    run: 'another',
    ...parts,
  })

  it('hold for the same reply to the same case in the same column, the newest of them', async () => {
    const reviews = [
      review({ at: '2026-11-24T10:00:00Z', mark: 'agree', note: 'as said', by: 'Ann' }),
      review({}),
      review({ caseId: 'b' }),
      review({ column: FEW }),
      review({ varsHash: 'of another question', at: '2026-11-25T10:00:00Z' }),
      review({ replyHash: replyHash('another') }),
    ]
    const trials = [...repeats('b', 'p'), ...repeats('a', 'fp')]
    const { about } = await collectCells({ ...makeInput({ trials }), reviews })
    expect(about.reviews).toStrictEqual([
      { row: 1, mark: 'agree', at: '2026-11-24T10:00:00Z', note: 'as said', by: 'Ann' },
    ])
  })
})
