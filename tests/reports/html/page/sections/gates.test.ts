import { describe, expect, it } from 'vitest'
import { makeTrial } from '../../../../harness/analyze/make-trial.ts'
import type { Gate } from '../../../../../harness/model/verdict.ts'
import { comparedInput, makeMetric } from '../../../make-comparison.ts'
import { makeInput } from '../../../make-input.ts'
import { all, bodyOf, byClass, byId, type Element, firstOf, textOf } from './body.ts'

const rowsOf = (root: Element) => all(byId(root, 'gates'), 'tr').slice(1)

describe('the gates', () => {
  it('give threshold, observed, interval, the smallest detectable drop and what it takes to see more, the broken ones first', () => {
    const rows = rowsOf(bodyOf(comparedInput()).root).map(textOf)
    expect(rows[0]).toBe(
      '✗ broken: regressionno worse: passfew-shot × sonnet−8.0 points−14.1 to −2.0−5.0 points6.2 points',
    )
    expect(rows.map((row) => row.slice(0, 8))).toStrictEqual(
      ['✗ broken', '✗ broken', '? not me', '! warns:', '✓ holds'].map((word) =>
        expect.stringContaining(word.slice(0, 7)),
      ),
    )
    const warning = rows.find((row) => row.startsWith('! warns'))
    expect(warning).toContain('may be worse')
    expect(warning).toContain('At this size only drops over 17 points can be seen.')
    expect(warning).toContain('It takes 240 cases run once, or 100 cases × 3, to see a 10-point drop.')
  })

  it('tell why a comparison is not proven whose interval clears the margin', () => {
    const rowOf = (lower: number) => {
      const metric = makeMetric({ delta: 0.01, interval: [-0.03, 0.04], guard: { z: 1.6, crit: 2, lower } })
      const gate = comparedInput().verdict.gates.find(({ comparison }) => comparison !== undefined)
      const open = { ...gate, comparison: 'inconclusive', signal: 'no_signal', result: 'pass' } as Gate
      const { root } = bodyOf(comparedInput({ metrics: [metric] }, { gates: [open] }))
      return rowsOf(root).map(textOf).join()
    }
    const said = 'goes by a stricter bound than the interval: a drop of 8.5 points is not ruled out.'
    expect(rowOf(-0.085)).toContain(said)
    expect(rowOf(-0.02)).not.toContain('stricter bound')
  })

  it('count themselves by result', () => {
    const caption = firstOf(all(byId(bodyOf(comparedInput()).root, 'gates'), 'caption'))
    expect(textOf(caption)).toMatch(/^2 of 5 broken, 1 warns, 1 not measured\./)
  })

  it('draw what was observed left of the limit where it is below it, and right of it where it is above', () => {
    const drawn = (pass: number) => {
      const trials = Array.from({ length: 10 }, (_, i) =>
        makeTrial({ cell: { caseId: `c${i}` }, outcome: i < pass ? 'passed' : 'failed' }),
      )
      const { root } = bodyOf(makeInput({ trials, settings: { gate: { floors: { pass: 0.5 } } } }))
      const plot = firstOf(byClass(byId(root, 'gates'), 'mini'))
      const x = (name: string, attribute: string) => Number(byClass(plot, name)[0]?.attributes[attribute])
      return { dot: x('dot', 'cx'), limit: x('limit', 'x1'), lo: x('range', 'x1'), hi: x('range', 'x2') }
    }
    const [low, high] = [drawn(2), drawn(9)]
    expect(low.dot).toBeLessThan(low.limit)
    expect(high.dot).toBeGreaterThan(high.limit)
    for (const { lo, dot, hi } of [low, high])
      expect([lo, dot, hi]).toStrictEqual([lo, dot, hi].toSorted((a, b) => a - b))
    expect(low.limit).toBe(high.limit)
  })

  it('explain every statistical term in a sentence, without a script', () => {
    const terms = firstOf(byClass(byId(bodyOf(comparedInput()).root, 'gates'), 'terms'))
    expect(terms.name).toBe('details')
    const words = all(terms, 'dt').map(textOf)
    expect(words).toEqual(
      expect.arrayContaining([
        '95% interval',
        'no worse, margin',
        'smallest detectable drop',
        'p worse',
        'flaky',
      ]),
    )
    for (const meaning of all(terms, 'dd').map(textOf)) expect(meaning).toMatch(/^[A-Z].+\.$/)
  })

  it('are no section of a suite that has none', () => {
    const { root } = bodyOf(makeInput({ trials: [makeTrial()] }))
    expect(() => byId(root, 'gates')).toThrow('nothing has the id gates')
    expect(all(root, 'a').map(({ attributes }) => attributes['href'])).not.toContain('#gates')
  })
})
