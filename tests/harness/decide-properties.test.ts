import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import type { MetricComparison, RunComparison } from '../../harness/model/comparison.ts'
import type { DecideOptions } from '../../harness/decide.ts'
import type { Verdict } from '../../harness/model/verdict.ts'
import { broken, COLUMN, dearer, metric, slower, verdictOf } from './gate/compared.ts'

const share = fc.double({ min: 0, max: 1, noNaN: true })
const difference = fc.double({ min: -1, max: 1, noNaN: true })
const columns = fc.constantFrom(COLUMN, { prompt: 'few-shot', provider: 'flash' })
const size = fc.integer({ min: 1, max: 100_000 })

const metrics: fc.Arbitrary<MetricComparison> = fc
  .record({
    metric: fc.constantFrom('pass', 'pass_first', 'tone'),
    column: columns,
    gates: fc.boolean(),
    cases: size,
    units: size,
    repeats: fc.integer({ min: 1, max: 5 }),
    delta: difference,
    bounds: fc.tuple(difference, difference),
    pWorse: share,
    pBetter: share,
    detectable: fc.option(fc.double({ min: 0, max: 2, noNaN: true })),
    needs: fc.option(
      fc.record({
        drop: fc.double({ min: 0.001, max: 0.5, noNaN: true }),
        options: fc.array(fc.record({ cases: size, repeats: fc.integer({ min: 1, max: 9 }) }), {
          maxLength: 4,
        }),
      }),
    ),
    guard: fc.option(
      fc.record({
        z: fc.double({ min: -9, max: 9, noNaN: true }),
        crit: fc.constant(1.96),
        lower: difference,
      }),
    ),
  })
  .map(({ bounds: [a, b], ...parts }) => metric({ ...parts, interval: [Math.min(a, b), Math.max(a, b)] }))

const statuses = fc.constantFrom('confirmed', 'refuted', 'unchecked')
const comparisons: fc.Arbitrary<Partial<RunComparison>> = fc.record({
  margin: fc.option(fc.double({ min: 0.001, max: 0.5, noNaN: true }), { nil: null }),
  metrics: fc.array(metrics, { maxLength: 5 }),
  broken: fc.array(
    fc.tuple(statuses, columns).map(([status, column]) => broken({ status, column, caseId: 'c' })),
    { maxLength: 8 },
  ),
  errors: fc.record({ base: share.map((x) => x / 9), candidate: share.map((x) => x / 9) }),
  latency: fc.array(
    fc.record({ ratio: fc.double({ min: 0.1, max: 9, noNaN: true }), pAboveLimit: share }).map(slower),
    {
      maxLength: 1,
    },
  ),
  cost: fc.constant([dearer()]),
  uncompared: fc.array(
    columns.map((column) => ({ metric: 'format', column, gates: true, reason: 'no score is on record' })),
    { maxLength: 1 },
  ),
})

const gates = fc.record(
  {
    ship: fc.constant([COLUMN]),
    metrics: fc.constant(['pass']),
    floors: fc.record({ pass: share }),
    latency: fc.constant({ ratio: 1.2 }),
    cost: fc.constant({ ratio: 1.1, usdPerCase: 0.5 }),
    confirm: fc.constantFrom(0, 5),
    onUnavailable: fc.constantFrom('fail', 'neutral'),
  },
  { requiredKeys: [] },
)

const optionSets: fc.Arbitrary<DecideOptions> = fc.record(
  {
    strict: fc.boolean(),
    failOn: fc.constantFrom('gate', 'any', 'floor', 'none'),
    baselineExpected: fc.boolean(),
  },
  { requiredKeys: [] },
)

const cases = fc.record({
  gate: gates,
  compared: fc.option(comparisons),
  planned: fc.constantFrom(20, 20, 20, 25),
  options: optionSets,
})

/** Checks `holds` on the verdicts of all kinds of runs. */
function always(holds: (verdict: Verdict, options: DecideOptions) => void): void {
  fc.assert(
    fc.property(cases, (one) => {
      holds(verdictOf(one), one.options)
    }),
    { seed: 4, numRuns: 400 },
  )
}

it('a verdict always has a reason, and no reason has a hole in it', () => {
  always(({ reasons }) => {
    expect(reasons.length).toBeGreaterThan(0)
    for (const reason of reasons) {
      expect(reason).not.toMatch(/NaN|undefined|null|Infinity|\[object|-\d/)
      expect(reason).toMatch(/^\S.*[.!?…]$/)
    }
  })
})

it('the exit code is that of the decision, and of the first that counts of 3, 1, 4 and 0', () => {
  always(({ decision, exitCode, inconclusive }, { strict, failOn }) => {
    if (decision === 'invalid') expect(exitCode).toBe(3)
    else if (failOn === 'none') expect(exitCode).toBe(0)
    else if (decision === 'block') expect(exitCode).toBe(1)
    else expect(exitCode).toBe(strict === true && inconclusive === true ? 4 : 0)
  })
})

it('a gate that fails never passes the run, and one that holds never blocks it by itself', () => {
  always(({ decision, gates }, { failOn }) => {
    const has = (wanted: string): boolean => gates.some(({ result }) => result === wanted)
    expect(!has('fail') || decision === 'block' || decision === 'invalid').toBe(true)
    expect(!has('warn') || decision !== 'pass').toBe(true)
    expect(decision !== 'block' || has('fail') || failOn === 'any' || gates.length === 0).toBe(true)
  })
})

it('is inconclusive exactly where a comparison that counts is', () => {
  always(({ inconclusive, gates }) => {
    const open = gates.some(
      ({ comparison, result }) => comparison === 'inconclusive' && result !== 'not_measured',
    )
    expect(inconclusive ?? false).toBe(open)
  })
})

it('more lenient words on the command line never make it stricter', () => {
  fc.assert(
    fc.property(cases, (one) => {
      const code = (failOn: DecideOptions['failOn']): number =>
        verdictOf({ ...one, options: { ...one.options, strict: false, ...(failOn && { failOn }) } }).exitCode
      const fails = (failOn: DecideOptions['failOn']): boolean => code(failOn) !== 0
      expect(fails('any') || !fails('gate')).toBe(true)
      expect(fails('gate') || !fails('floor')).toBe(true)
      expect(fails('gate') || !fails('none')).toBe(true)
    }),
    { seed: 4, numRuns: 200 },
  )
})
