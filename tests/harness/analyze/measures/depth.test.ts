import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { depthTally } from '../../../../harness/analyze/measures/depth.ts'
import type { MeasuredTrial } from '../../../../harness/analyze/measures/tally.ts'
import { makeRandom } from '../../../../harness/stats/random.ts'

type Answer = readonly [unit: string, depth: number, score: number]

function finish(answers: readonly Answer[]) {
  const tally = depthTally()
  for (const [unit, depth, score] of answers) {
    const trial: MeasuredTrial = {
      caseId: `${unit}@${depth}`,
      unit,
      repeat: 0,
      outcome: 'passed',
      costUsd: 0,
    }
    tally.add({ kind: 'depth', depth, score }, trial)
  }
  return tally.finish()
}

const measureOf = (answers: readonly Answer[], name: string) =>
  finish(answers).measures.find((measure) => measure.name === name)

/** Of each tenth, from the beginning: how many tenths of its twenty answers are right. */
function tenths(...right: readonly number[]): Answer[] {
  return right.flatMap((count, tenth) =>
    Array.from({ length: 20 }, (_, index): Answer => [
      `${index}@${tenth}`,
      (tenth + 0.5) / right.length,
      index < 2 * count ? 1 : 0,
    ]),
  )
}

describe('scores by depth', () => {
  it('are those of tenths, where every tenth has answers', () => {
    const [table] = finish(tenths(10, 9, 8, 6, 4, 5, 6, 7, 8, 9)).tables
    expect(table?.rows).toHaveLength(10)
    expect(table?.rows[0]).toEqual({ head: '0–10 %', cells: [1] })
    expect(table?.rows[4]).toEqual({ head: '40–50 %', cells: [0.4] })
    expect(table?.rows[9]).toEqual({ head: '90–100 %', cells: [0.9] })
  })

  it('are those of fifths, where a tenth has under twenty answers', () => {
    const [, ...rest] = tenths(10, 9, 8, 6, 4, 5, 6, 7, 8, 9)
    const [table] = finish(rest).tables
    expect(table?.rows).toHaveLength(5)
    expect(table?.rows[4]).toEqual({ head: '80–100 %', cells: [0.85] })
  })

  it('are those of fifths, where a tenth has none, and blank where a fifth has none', () => {
    const answers: Answer[] = [
      ['a', 0, 1],
      ['b', 0.5, 0],
      ['c', 0.55, 1],
      ['d', 1, 1],
    ]
    expect(finish(answers).tables[0]?.rows).toEqual([
      { head: '0–20 %', cells: [1] },
      { head: '20–40 %', cells: [null] },
      { head: '40–60 %', cells: [0.5] },
      { head: '60–80 %', cells: [null] },
      { head: '80–100 %', cells: [1] },
    ])
  })

  it('count a depth on a border to the part that begins there, and the end to the last one', () => {
    const { tables } = finish([
      ['a', 0.2, 1],
      ['b', 0.4, 0],
      ['c', 1, 1],
    ])
    expect(tables[0]?.rows.map(({ cells }) => cells[0])).toEqual([null, 1, 0, null, 1])
  })
})

describe('the gap to the worst depth', () => {
  it.each<[string, number[], number]>([
    ['from the better end: here the beginning', [10, 9, 8, 6, 4, 5, 6, 7, 8, 9], 0.6],
    ['from the better end: here the end', [8, 9, 8, 6, 4, 5, 6, 7, 8, 10], 0.6],
    ['none where all depths are alike', [7, 7, 7, 7, 7, 7, 7, 7, 7, 7], 0],
    ['none where the middle is better than either end', [5, 9, 9, 9, 9, 9, 9, 9, 9, 5], 0],
    ['where an end is the worst', [2, 9, 9, 9, 9, 9, 9, 9, 9, 8], 0.6],
  ])('%s', (_, right, gap) => {
    expect(measureOf(tenths(...right), 'worst_depth_gap')?.value).toBeCloseTo(gap, 12)
  })

  it('says nothing without one of the ends, or with nothing between them', () => {
    expect(
      measureOf(
        [
          ['a', 0.5, 1],
          ['b', 1, 1],
        ],
        'worst_depth_gap',
      )?.value,
    ).toBeNull()
    expect(
      measureOf(
        [
          ['a', 0, 1],
          ['b', 1, 1],
        ],
        'worst_depth_gap',
      )?.value,
    ).toBeNull()
    expect(
      measureOf(
        [
          ['a', 0, 1],
          ['b', 0.5, 0],
          ['c', 1, 1],
        ],
        'worst_depth_gap',
      )?.value,
    ).toBe(1)
  })

  it('has an interval around it that is above 0 where the middle is lost', () => {
    const interval = measureOf(tenths(10, 9, 8, 5, 1, 2, 5, 7, 9, 9), 'worst_depth_gap')?.interval
    expect(interval?.lo).toBeGreaterThan(0.3)
    expect(interval?.hi).toBe(1)
  })

  it('has an interval that begins at 0 in 19 runs of 20 at least, where depth makes no difference', () => {
    const random = makeRandom(1)
    const answersOf = (): Answer[] =>
      [0.1, 0.3, 0.5, 0.7, 0.9].flatMap((depth) =>
        Array.from({ length: 12 }, (_, index): Answer => [
          `${index}@${depth}`,
          depth,
          random() < 0.8 ? 1 : 0,
        ]),
      )
    const found = Array.from({ length: 20 }, answersOf).filter(
      (answers) => measureOf(answers, 'worst_depth_gap')?.interval?.lo !== 0,
    )
    expect(found.length).toBeLessThanOrEqual(1)
  })

  it('has no interval where every draw gives the same', () => {
    expect(measureOf(tenths(10, 10, 10, 0, 0, 0, 0, 10, 10, 10), 'worst_depth_gap')).toMatchObject({
      value: 1,
      interval: null,
    })
  })
})

describe('edges over the middle', () => {
  it('is the mean of the outer fifths less that of the middle one', () => {
    // Outer fifths: 38 of 40 and 34 of 40; the middle one: 18 of 40.
    const measure = measureOf(tenths(10, 9, 8, 6, 4, 5, 6, 7, 8, 9), 'edges_over_middle')
    expect(measure?.value).toBeCloseTo((0.95 + 0.85) / 2 - 0.45, 12)
    expect(measure).toMatchObject({ unit: 'points', better: 'lower', n: { count: 200, of: 'answers' } })
  })

  it('weighs both ends alike, however many answers each has', () => {
    const answers: Answer[] = [
      ['a', 0, 1],
      ['b', 0.05, 1],
      ['c', 0.1, 1],
      ['d', 0.5, 0.5],
      ['e', 1, 0],
    ]
    expect(measureOf(answers, 'edges_over_middle')?.value).toBe(0)
  })

  it('is below 0 where the middle is the better place', () => {
    expect(measureOf(tenths(5, 5, 9, 9, 9, 9, 9, 9, 5, 5), 'edges_over_middle')?.value).toBeCloseTo(-0.4, 12)
  })

  it('says nothing without a middle', () => {
    expect(
      measureOf(
        [
          ['a', 0, 1],
          ['b', 0.3, 1],
          ['c', 1, 1],
        ],
        'edges_over_middle',
      )?.value,
    ).toBeNull()
  })
})

describe('all figures', () => {
  it('have intervals by units: of facts that differ in difficulty only, edges over the middle is exactly 0', () => {
    const byFact = Array.from({ length: 12 }, (_, fact) =>
      [0.05, 0.25, 0.45, 0.65, 0.85].map((depth): Answer => [`fact ${fact}`, depth, fact % 3 === 0 ? 0 : 1]),
    ).flat()
    const byCase = byFact.map(([unit, depth, score]): Answer => [`${unit} at ${depth}`, depth, score])
    expect(measureOf(byFact, 'edges_over_middle')).toMatchObject({ value: 0, interval: null })
    expect(measureOf(byCase, 'edges_over_middle')?.interval?.hi).toBeGreaterThan(0.1)
  })

  it('are none where nothing was seen', () => {
    expect(finish([])).toEqual({ measures: [], tables: [] })
  })

  it('have no interval with fewer than five cases', () => {
    for (const { interval } of finish([
      ['a', 0, 1],
      ['b', 0.5, 0],
      ['c', 1, 1],
    ]).measures)
      expect(interval).toBeNull()
  })

  it('take partial scores: the mean of 0.1, 0.2 and 0.6 is 0.3', () => {
    const answers: Answer[] = [
      ['a', 0, 0.1],
      ['b', 0.5, 0.2],
      ['c', 1, 0.6],
    ]
    expect(measureOf(answers, 'mean_score')?.value).toBeCloseTo(0.3, 12)
  })

  it('do not depend on the order of the answers, nor do they leave their range', () => {
    const answer = fc.tuple(
      fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
    )
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 30 }), (answers) => {
        const result = finish(answers)
        expect(finish(answers.toReversed())).toEqual(result)
        for (const { name, value } of result.measures) {
          if (value === null) continue
          expect(value).toBeGreaterThanOrEqual(name === 'edges_over_middle' ? -1 : 0)
          expect(value).toBeLessThanOrEqual(1)
        }
      }),
      { seed: 1, numRuns: 40 },
    )
  })
})
