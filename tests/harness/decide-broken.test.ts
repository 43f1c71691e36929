import { describe, expect, it } from 'vitest'
import type { BrokenCase, RatioComparison } from '../../harness/model/comparison.ts'
import { broken, COLUMN, dearer, metric, slower, verdictOf } from './gate/compared.ts'

describe('a stable case that broke outright', () => {
  const small = metric({ units: 71, cases: 71 })

  it('blocks a small suite once it is confirmed, and is named', () => {
    const verdict = verdictOf({ compared: { metrics: [small], broken: [broken()] } })
    expect(verdict).toMatchObject({
      decision: 'block',
      exitCode: 1,
      gates: [{}, { name: 'broken cases', result: 'fail', threshold: 0, observed: 1, figure: 'count' }],
    })
    expect(verdict.reasons[0]).toBe(
      'few-shot × sonnet: 1 case that always passed is broken now, confirmed by fresh runs: c-17 (3/3 → 0/3, run again 5/5 → 0/5).',
    )
  })

  it('in a suite whose mean can be judged warns up to 2% of the cases, then blocks', () => {
    const metrics = [metric({ units: 72, cases: 100 })]
    const of = (n: number): ReturnType<typeof verdictOf> =>
      verdictOf({
        compared: { metrics, broken: Array.from({ length: n }, (_, i) => broken({ caseId: `c-${i}` })) },
      })
    expect(of(2)).toMatchObject({
      decision: 'warn',
      exitCode: 0,
      gates: [{}, { threshold: 2, result: 'warn' }],
    })
    expect(of(2).reasons[0]).toContain('; up to 2 may, so that alone does not block.')
    expect(of(3)).toMatchObject({ decision: 'block', exitCode: 1 })
    expect(of(9).reasons[0]).toMatch(/c-4 \(.*\) and 4 more; at most 2 may be\.$/)
  })

  it('only warns while it was not run again, and says why and what runs it again', () => {
    const { rerun: _, pHolm: __, ...bare } = broken({ status: 'unchecked', why: 'the budget is used up.' })
    const verdict = verdictOf({ compared: { metrics: [small], broken: [bare] } })
    expect(verdict).toMatchObject({ decision: 'warn', exitCode: 0 })
    expect(verdict.reasons[0]).toBe(
      'few-shot × sonnet: 1 case that always passed fails now: c-17 (3/3 → 0/3). It was not run again (the budget is used up), so it may be chance: `assay run` with `gate.confirm` runs it again.',
    )
  })

  it('is chance where too many looked broken to run all again, and all that were turned out to be', () => {
    const checked = (status: 'refuted' | 'confirmed', from: number, to: number): BrokenCase[] =>
      Array.from({ length: to - from }, (_, i) => broken({ caseId: `c-${from + i}`, status }))
    const {
      rerun: _,
      pHolm: __,
      ...bare
    } = broken({ caseId: 'beyond', status: 'unchecked', why: 'too many' })
    const metrics = [metric({ units: 500, cases: 500, repeats: 1 })]
    const of = (cases: readonly BrokenCase[]): ReturnType<typeof verdictOf> =>
      verdictOf({ compared: { metrics, broken: [...cases, bare] } })
    expect(of(checked('refuted', 0, 50)).decision).toBe('pass')
    expect(of(checked('refuted', 0, 49)).decision).toBe('warn')
    const one = of([...checked('confirmed', 0, 1), ...checked('refuted', 1, 50)])
    expect(one.decision).toBe('warn')
    expect(one.reasons[0]).toContain('beyond')
  })

  it('is none when it was refuted, in another column, or when `confirm: 0` asks for no such gate', () => {
    const refuted = verdictOf({ compared: { metrics: [small], broken: [broken({ status: 'refuted' })] } })
    expect(refuted).toMatchObject({ decision: 'pass', gates: [{}, { result: 'pass', observed: 0 }] })
    const elsewhere = broken({ column: { prompt: 'few-shot', provider: 'flash' } })
    expect(verdictOf({ compared: { metrics: [small], broken: [elsewhere] } }).decision).toBe('pass')
    const gate = { ship: [COLUMN], metrics: ['pass'], confirm: 0 }
    expect(verdictOf({ gate, compared: { metrics: [small], broken: [broken()] } }).gates).toHaveLength(1)
  })
})

describe('a limit on the ratio to the baseline', () => {
  const gate = { ship: [COLUMN], latency: { ratio: 1.2 }, cost: { ratio: 1.2 } }
  const of = (parts: Partial<RatioComparison>): ReturnType<typeof verdictOf> =>
    verdictOf({ gate, compared: { latency: [slower(parts)], cost: [dearer(parts)] } })

  it.each([
    [{}, 'block'],
    [{ pAboveLimit: 0.025 }, 'block'],
    [{ pAboveLimit: 0.0251 }, 'warn'],
    [{ pAboveLimit: 0.1 }, 'warn'],
    [{ pAboveLimit: 0.11 }, 'pass'],
    [{ ratio: 1.2, pAboveLimit: 0.001 }, 'pass'],
  ])('with %o: %s', (parts, decision) => {
    expect(of(parts).decision).toBe(decision)
  })

  it('is told with its interval and its limit', () => {
    const { reasons, gates } = of({})
    expect(reasons.slice(0, 2)).toEqual([
      'few-shot × sonnet takes 1.30× the time of the baseline (95% 1.22× to 1.39×, 100 cases), over its limit of 1.20×.',
      'few-shot × sonnet costs 1.30× the price of the baseline (95% 1.22× to 1.39×, 100 cases), over its limit of 1.20×.',
    ])
    expect(gates.at(-1)).toMatchObject({ name: 'cost ratio', figure: 'ratio', threshold: 1.2, observed: 1.3 })
    expect(of({ pAboveLimit: 0.06 }).reasons[0]).toContain('which is likely but not proven.')
    expect(of({ ratio: 1.2000001, pAboveLimit: 0.01 }).reasons[0]).toContain('takes 1.2000001×')
  })

  it('that cannot be checked warns; one of a column that informs does nothing', () => {
    const verdict = verdictOf({ gate, compared: { latency: [slower({ gates: false })] } })
    expect(verdict).toMatchObject({ decision: 'warn', exitCode: 0 })
    expect(verdict.reasons[0]).toBe(
      "few-shot × sonnet: no fresh replies of both were timed, so the limit of 1.20× the baseline's latency cannot be checked.",
    )
    expect(verdict.gates.slice(-2)).toMatchObject([{ result: 'not_measured' }, { result: 'not_measured' }])
  })
})
