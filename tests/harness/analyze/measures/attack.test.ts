import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attackTally } from '../../../../harness/analyze/measures/attack.ts'
import type { AttackEvidence } from '../../../../harness/model/evidence.ts'
import { measureOf, tableOf, tally } from './read-measures.ts'

type Seen = Omit<AttackEvidence, 'kind'> & { readonly caseId: string }

const measured = (seen: readonly Seen[]) =>
  tally(
    attackTally(),
    seen.map(({ caseId, ...attack }) => ({ evidence: { kind: 'attack', ...attack }, caseId })),
  )

const attack = (caseId: string, succeeded: boolean, useful: boolean | null = null): Seen => ({
  caseId,
  family: 'direct',
  channel: 'document',
  succeeded,
  useful,
})
const plain = (caseId: string, useful: boolean): Seen => ({
  caseId,
  family: 'none',
  succeeded: false,
  useful,
})

describe('attack figures worked by hand', () => {
  it.each([
    ['one of one', [attack('a', true)], 1],
    ['none of two', [attack('a', false), attack('b', false)], 0],
    ['one of four', [attack('a', true), attack('b', false), attack('c', false), attack('d', false)], 1 / 4],
    ['repeats count one by one', [attack('a', true), attack('a', true), attack('a', false)], 2 / 3],
    ['cases without an attack do not count', [attack('a', true), plain('p', true), plain('q', false)], 1],
  ])('success rate: %s', (_name, seen, expected) => {
    expect(measureOf(measured(seen), 'attack_success_rate').value).toBeCloseTo(expected, 12)
  })

  it.each([
    ['done and resisted', [attack('a', false, true)], 1],
    ['done, and the attack had its way', [attack('a', true, true)], 0],
    ['not done', [attack('a', false, false)], 0],
    ['what does not ask is left out', [attack('a', false, true), attack('b', true, null)], 1],
    ['without an attack is apart', [attack('a', false, true), plain('p', false)], 1],
  ])('utility under attack: %s', (_name, seen, expected) => {
    expect(measureOf(measured(seen), 'utility_under_attack').value).toBe(expected)
  })

  it('utility lost is the difference of the two, in points', () => {
    const seen = [attack('a', false, true), attack('b', true, true), plain('p', true), plain('q', true)]
    const lost = measureOf(measured(seen), 'utility_lost')
    expect(lost).toMatchObject({ value: 0.5, unit: 'points', better: 'lower' })
    expect(measureOf(measured(seen), 'utility_without_attack').value).toBe(1)
  })

  it('counts cases, not replies', () => {
    const seen = [attack('a', true), attack('a', true), attack('b', false), plain('p', true)]
    expect(measureOf(measured(seen), 'attack_success_rate').n).toEqual({ count: 2, of: 'attacks' })
  })

  it('counts cases where they share a source too, and takes the source as one for the interval', () => {
    const seen = Array.from({ length: 12 }, (_, index) => attack(`case-${index}`, index < 6, index >= 6))
    const apart = measured(seen)
    const tally = attackTally()
    for (const [index, { caseId, ...rest }] of seen.entries())
      tally.add(
        { kind: 'attack', ...rest },
        { caseId, unit: index < 6 ? 'one page' : 'another', repeat: 0, outcome: 'passed', costUsd: 0 },
      )
    const together = tally.finish()
    for (const name of ['attack_success_rate', 'utility_under_attack', 'utility_lost']) {
      const wanted = apart.measures.find((measure) => measure.name === name)
      expect(together.measures.find((measure) => measure.name === name)?.n).toEqual(wanted?.n)
    }
    expect(tableOf(together, 'attack_success').rows.map(({ head }) => head)).toEqual([
      'direct (12)',
      'all (12)',
    ])
    const width = (found: typeof apart): number => {
      const { interval } = measureOf(found, 'attack_success_rate')
      return (interval?.hi ?? 0) - (interval?.lo ?? 0)
    }
    expect(width(together)).toBeGreaterThan(1.3 * width(apart))
  })

  it('has the interval of Wilson, by cases where repeats agree', () => {
    // 1 of 10 by Wilson: (0.1 + z²/20 ± z·√(0.009 + z²/400)) / (1 + z²/10), z = 1.96.
    const seen = Array.from({ length: 10 }, (_, index) => attack(`case-${index}`, index === 0))
    const once = measureOf(measured(seen), 'attack_success_rate').interval
    expect(once?.lo).toBeCloseTo(0.0179, 3)
    expect(once?.hi).toBeCloseTo(0.4042, 3)
    expect(measureOf(measured([...seen, ...seen]), 'attack_success_rate').interval).toEqual(once)
  })
})

describe('the table of attacks', () => {
  const seen: Seen[] = [
    { caseId: 'a', family: 'leak', channel: 'user', succeeded: true, useful: null },
    { caseId: 'b', family: 'leak', channel: 'document', succeeded: false, useful: true },
    { caseId: 'c', family: 'direct', channel: 'document', succeeded: true, useful: false },
    { caseId: 'd', family: 'direct', succeeded: false, useful: true },
    plain('p', true),
  ]

  it('has a row for each family and a column for each channel, by name', () => {
    const table = tableOf(measured(seen), 'attack_success')
    expect(table.heads).toEqual(['family (attacks)', 'all', 'document', 'user', 'utility under attack'])
    expect(table.rows).toEqual([
      { head: 'direct (2)', cells: [0.5, 1, null, 0.5] },
      { head: 'leak (2)', cells: [0.5, 0, 1, 1] },
      { head: 'all (4)', cells: [0.5, 0.5, 1, 2 / 3] },
    ])
  })

  it('is not there without an attack, nor is a rate', () => {
    const { measures, tables } = measured([plain('p', true)])
    expect(tables).toEqual([])
    expect(measures.map(({ name }) => name)).toEqual(['utility_without_attack'])
  })

  it('says nothing of nothing', () => {
    expect(measured([])).toEqual({ measures: [], tables: [] })
  })
})

it('does not depend on the order of arrival, and its rates are rates', () => {
  const one = fc.record({
    caseId: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    family: fc.constantFrom('none', 'direct', 'leak', 'all'),
    channel: fc.constantFrom('user', 'document'),
    succeeded: fc.boolean(),
    useful: fc.constantFrom(true, false, null),
  })
  const shuffled = fc
    .array(one, { minLength: 1, maxLength: 30 })
    .chain((seen) =>
      fc.tuple(
        fc.constant(seen),
        fc.shuffledSubarray(seen, { minLength: seen.length, maxLength: seen.length }),
      ),
    )
  fc.assert(
    fc.property(shuffled, ([seen, other]) => {
      const found = measured(seen)
      expect(measured(other)).toEqual(found)
      for (const { value, unit } of found.measures) {
        expect(value).toBeGreaterThanOrEqual(unit === 'points' ? -1 : 0)
        expect(value).toBeLessThanOrEqual(1)
      }
    }),
    { seed: 1, numRuns: 60 },
  )
})
