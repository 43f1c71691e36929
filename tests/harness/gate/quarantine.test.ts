import { describe, expect, it } from 'vitest'
import { quarantineOf } from '../../../harness/gate/quarantine.ts'

const quarantine = [{ case: 'c-17', until: '2027-01-31', reason: 'label disputed' }]
const on = (day: string, caseIds?: ReadonlySet<string>): ReturnType<typeof quarantineOf> =>
  quarantineOf({ quarantine }, new Date(`${day}Z`), caseIds)

describe('a quarantine', () => {
  it('keeps its case out of the gate, without a word until a week before its end', () => {
    expect(on('2027-01-23T23:59:59')).toStrictEqual({
      ids: new Set(['c-17']),
      list: [{ caseId: 'c-17', until: '2027-01-31', reason: 'label disputed', state: 'active' }],
      warnings: [],
    })
  })

  it.each([
    ['2027-01-24T00:00:00', 'in 7 days'],
    ['2027-01-30T12:00:00', 'tomorrow'],
    ['2027-01-31T23:59:59', 'today'],
  ])('holds to the end of its last day, and says so: %s', (now, when) => {
    const { ids, list, warnings } = on(now)
    expect([...ids]).toEqual(['c-17'])
    expect(list[0]?.state).toBe('expires_soon')
    expect(warnings).toEqual([
      `the quarantine of case c-17 (label disputed) ends ${when}, on 2027-01-31: then it gates again`,
    ])
  })

  it('is over the day after, and the case gates again', () => {
    const { ids, list, warnings } = on('2027-02-01T00:00:00')
    expect(ids.size).toBe(0)
    expect(list[0]?.state).toBe('expired')
    expect(warnings[0]).toContain('ended on 2027-01-31: it gates again')
  })

  it('of a case that the suite does not have is told of', () => {
    expect(on('2027-01-01T00:00:00', new Set(['c-17'])).warnings).toEqual([])
    const { ids, list, warnings } = on('2027-01-01T00:00:00', new Set(['c-71']))
    expect([ids.size, list[0]?.state]).toEqual([0, 'unknown_case'])
    expect(warnings).toEqual(['`assay.quarantine` lists case c-17, which the suite does not have'])
  })

  it('may end at a time of day, which is that day', () => {
    const timed = [{ case: 'a', until: '2027-01-31T10:00:00.000Z', reason: 'r' }]
    const { ids, list } = quarantineOf({ quarantine: timed }, new Date('2027-01-31T20:00:00Z'))
    expect([ids.has('a'), list[0]?.until]).toEqual([true, '2027-01-31'])
  })

  it('need not be there', () => {
    expect(quarantineOf({}, new Date(0))).toStrictEqual({ ids: new Set(), list: [], warnings: [] })
  })
})
