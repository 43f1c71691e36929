import { describe, expect, it } from 'vitest'
import { check, DOCUMENTS } from './context.ts'

const SUBLET = 'The tenant may not sublet the flat'
const FLOUR = 'Norwell Foods supplies flour to Castle Bakeries'

describe('citations', () => {
  it.each([
    ['by id', `${SUBLET} [lease].`, 1],
    ['behind the full stop', `${SUBLET}. [lease]`, 1],
    ['by place', `${SUBLET} [1]. ${FLOUR} [2].`, 1],
    ['as source', `${FLOUR} (source: supply).`, 1],
    ['in plain parentheses, by an id that there is', `${FLOUR} (supply).`, 1],
    ['in Asian brackets', `${FLOUR}【2】.`, 1],
    ['with the word for a document', `${FLOUR} [document 2].`, 1],
    ['in another case', `${SUBLET} [LEASE].`, 1],
    ['one that does not exist', `${SUBLET} [7].`, 0],
    ['an invented id', `${SUBLET} [annex-9].`, 0],
    ['the right fact with the wrong citation', `${SUBLET} [supply].`, 0],
    ['two, one of which is wrong', `${SUBLET} [lease][history].`, 0.5],
    ['two in one pair of brackets', `${SUBLET} [lease, history].`, 0.5],
    ['a range', `${SUBLET} [1-2].`, 0.5],
    [
      'each for a clause of its sentence',
      `${SUBLET}, and Tidewater acquired Bluefin in 2006 [lease][history].`,
      1,
    ],
    ['of a false sentence', 'The monthly rent is 777 euros [lease].', 0],
  ])('%s: %s', (_, reply, share) => {
    expect(check(reply).namedScores?.['citations']).toBeCloseTo(share, 10)
  })

  it.each([
    ['no citation', `${SUBLET}.`],
    ['words in brackets', `${SUBLET} [sic].`],
    ['words in parentheses', `${SUBLET} (see above).`],
    ['the text of a link', `${SUBLET} [lease](https://example.org).`],
    ['an omission', 'The house rules say "Quiet hours [...] in the evening".'],
  ])('are not taken from %s', (_, reply) => {
    const verdict = check(reply)
    expect(verdict.namedScores).not.toHaveProperty('citations')
    expect(verdict.metadata?.evidence).not.toHaveProperty('citations')
  })

  it('are no numbers that the context should have', () => {
    expect(check(`${SUBLET} [1].`, { citations: 'none' })).toMatchObject({
      pass: true,
      namedScores: { supported: 1 },
    })
  })

  it('fail a reply whose every sentence is supported, and the mark shows which', () => {
    const reply = `${SUBLET} [supply].`
    const verdict = check(reply)
    expect(verdict).toMatchObject({ pass: false, score: 0, namedScores: { supported: 1, citations: 0 } })
    const [mark] = verdict.metadata?.marks ?? []
    expect(reply.slice(mark?.start, mark?.end)).toBe('[supply]')
    expect(mark?.label).toBe('citation')
  })

  it('count each missing one where they are required', () => {
    const verdict = check(`${SUBLET} [lease]. ${FLOUR}.`, { citations: 'required' })
    expect(verdict).toMatchObject({ pass: false, namedScores: { supported: 1, citations: 0.5 } })
    expect(verdict.reason).toContain('1 claim cites no document')
    expect(verdict.metadata?.evidence).toMatchObject({ citations: { made: 1, exist: 1, support: 1 } })
  })

  it('in a list of sources count for the whole answer', () => {
    const verdict = check(`${SUBLET}.\n\nSources: [lease], [history]`)
    expect(verdict.metadata?.evidence).toMatchObject({ citations: { made: 2, exist: 2, support: 1 } })
  })

  it('of documents without an id go by place', () => {
    const context = DOCUMENTS.map(({ text }) => text)
    expect(check(`${FLOUR} [2].`, { context }).namedScores).toEqual({ supported: 1, citations: 1 })
    expect(check(`${FLOUR} [4].`, { context }).metadata?.evidence).toMatchObject({ citations: { exist: 0 } })
  })

  it('with an id go by it, also where it looks like a place', () => {
    const context = [
      { id: 2, text: 'The mill closes at noon.' },
      { id: 1, text: 'The oven burns oil.' },
    ]
    expect(check('The oven burns oil [1].', { context }).namedScores).toEqual({ supported: 1, citations: 1 })
  })
})
