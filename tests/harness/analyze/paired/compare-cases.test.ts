import { describe, expect, it } from 'vitest'
import type { CellRecord, Trial } from '../../../../harness/model/trial.ts'
import type { Cells } from './make-arm.ts'
import { armOf, caseId, COLUMN, compare, metricOf, mistakeOf, singles, trialsOf } from './make-arm.ts'

describe('cases are paired by their id', () => {
  it('so that reordered and inserted cases change nothing but what is counted of them', () => {
    const base = { a: [1], b: [1], c: [0] } satisfies Cells
    const plain = metricOf(compare(base, { a: [1], b: [0], c: [0] }))
    const moved = compare(base, { new1: [1], c: [0], new2: [0], b: [0], a: [1] })
    expect(metricOf(moved)).toEqual(plain)
    expect(moved.pairing).toMatchObject({ sharedCases: 3, onlyBase: 0, onlyCandidate: 2 })
    expect(moved.changes[0]).toEqual({ kind: 'cases', what: '2 cases added; 3 cases in both.' })
  })

  it('and few shared ones are warned of', () => {
    const { warnings } = compare(singles('++'), { ...singles('++'), x: [1], y: [1], z: [1] })
    expect(warnings[0]).toContain('Only 2 cases of 5 are in both')
  })

  it('and none shared is a mistake of the user', () => {
    const error = mistakeOf(() => compare({ a: [1] }, { b: [1] }))
    expect([error.exitCode, error.message]).toEqual([2, 'base and the run have no case in common'])
  })

  it('and changed ones are told, with the scores that they had', () => {
    const trials = (checksHash: string, varsHash: string): Trial[] =>
      trialsOf({ a: [1], b: [1] }, COLUMN, () => ({ varsHash })).map((trial) =>
        Object.assign(trial, { checksHash }),
      )
    const comparison = compare(armOf(trials('old', 'v1')), armOf(trials('new', 'v2')))
    expect(comparison.pairing).toMatchObject({ changedCases: 2, reverified: 0, notReverified: 0 })
    expect(comparison.changes.map(({ what }) => what)).toEqual([
      '2 cases with other variables; 2 cases in both.',
      'The checks of 2 cases are others now: of all.',
    ])
    expect(comparison.warnings.join()).toContain('2 cases have other variables or checks')
  })

  it('and those that could not be checked again are left out', () => {
    const comparison = compare(singles('+++'), singles('-++'), { notReverified: new Set([caseId(0)]) })
    expect(metricOf(comparison)).toMatchObject({ cases: 2, delta: 0 })
    expect(comparison.pairing).toMatchObject({ changedCases: 1, notReverified: 1 })
    expect(comparison.flipCounts.worse).toBe(0)
  })

  it('and runs of different suites are refused', () => {
    const other = armOf(trialsOf({ a: [1] }), { suite: { name: 'other', hash: '' } })
    expect(mistakeOf(() => compare(other, { a: [1] })).exitCode).toBe(2)
    expect(compare(other, { a: [1] }, { allowOtherSuite: true }).warnings.join()).toContain('another suite')
  })
})

describe('a quarantined case', () => {
  it('is out of the gate and of what breaks, and still flips', () => {
    const quarantined = new Set([caseId(0)])
    const comparison = compare(singles('++++'), singles('-+++'), { quarantined })
    expect(metricOf(comparison)).toMatchObject({ cases: 3, delta: 0 })
    expect(comparison.broken).toEqual([])
    expect(comparison.flips).toMatchObject([{ caseId: caseId(0), gates: false }])
  })

  it('leaves nothing to compare when there is no other', () => {
    const { uncompared } = compare(singles('+'), singles('-'), { quarantined: new Set([caseId(0)]) })
    expect(uncompared[0]?.reason).toBe('no case has a score "pass" in both arms')
  })
})

describe('clusters', () => {
  const documents = (id: string): Partial<CellRecord> => ({ vars: { document: id.slice(0, -1) } })
  const arm = (signs: string, cellOf = documents) =>
    armOf(trialsOf(singles(signs), COLUMN, cellOf), { cluster: 'vars.document' })

  it('are the units that are counted', () => {
    const comparison = compare(arm('+'.repeat(40)), arm(`${'-'.repeat(10)}${'+'.repeat(30)}`), {
      cluster: 'vars.document',
    })
    const { cases, units, effectiveUnits, method } = metricOf(comparison)
    expect({ cases, units, method }).toEqual({ cases: 40, units: 4, method: 'bonett-price' })
    expect(effectiveUnits).toBeCloseTo(4, 12)
    // One unit of four fell: ½ · ½.
    expect(metricOf(comparison).pWorse).toBeCloseTo(0.25, 12)
    expect(comparison.cluster).toBe('vars.document')
  })

  it('are not known to a baseline without variables: the run’s own are taken', () => {
    const base = armOf(trialsOf(singles('+'.repeat(20))))
    expect(metricOf(compare(base, arm('+'.repeat(20)), { cluster: 'vars.document' })).units).toBe(2)
  })

  it('that some cases lack make these units of their own, and it is told', () => {
    const some = (id: string): Partial<CellRecord> => (id < caseId(15) ? documents(id) : {})
    const comparison = compare(arm('+'.repeat(20), some), arm('+'.repeat(20), some), {
      cluster: 'vars.document',
    })
    expect(metricOf(comparison).units).toBe(2 + 5)
    expect(comparison.warnings).toContain(
      '5 cases of 20 have no vars.document: each counts as a unit of its own.',
    )
  })

  it('that all cases lack are a mistake of the user', () => {
    const none = armOf(trialsOf(singles('++')))
    const error = mistakeOf(() => compare(none, none, { cluster: 'vars.document' }))
    expect([error.exitCode, error.message]).toEqual([2, 'assay.cluster: no case has vars.document'])
  })
})

describe('warnings', () => {
  it('tell of a baseline that is older than 30 days, and of none that is not', () => {
    const old = armOf(trialsOf(singles('++')), { about: { at: '2026-10-20T00:00:00.000Z' } })
    expect(compare(old, singles('++')).warnings.join()).toContain('37 days old')
    expect(compare(singles('++'), singles('++')).warnings).toEqual([])
  })

  it('tell of another model behind the same label', () => {
    const arm = (providerId: string) =>
      armOf(trialsOf(singles('++')), { columns: [{ ...COLUMN, configHash: providerId, providerId }] })
    const comparison = compare(arm('a:1'), arm('b:2'))
    expect(comparison.warnings[0]).toContain('is another model (b:2; it was a:1)')
    expect(comparison.changes[0]).toMatchObject({ kind: 'model' })
  })

  it('tell of a renaming that names nothing', () => {
    const { warnings } = compare(singles('++'), singles('++'), {
      renamed: { old: 'new', zero: COLUMN.prompt },
    })
    expect(warnings).toEqual([
      'renamed: the run has no prompt, provider or column "new".',
      'renamed: base has no prompt, provider or column "zero".',
    ])
  })

  it('hand on what they are given', () => {
    expect(compare(singles('++'), singles('++'), { warnings: ['first'] }).warnings).toEqual(['first'])
  })
})
