import { describe, expect, it } from 'vitest'
import { check, notesOf } from './context.ts'

describe('a sentence that the context supports', () => {
  it.each([
    ['verbatim', 'The Tenant may not sublet the flat.'],
    ['a thousands separator left out', 'The deposit is 1900 euros.'],
    ['a currency as a sign', 'The deposit held by the landlord is €1,900.'],
    ['a number in digits for one in words', 'The boiler must be repaired within 14 days.'],
    ['weeks for days', 'The landlord must repair the boiler within two weeks.'],
    ['another way to write a percentage', 'Late payment costs interest of 4.5 percent a year.'],
    ['a number written out', 'Liability shall not exceed 2,500,000 pounds.'],
    ['a rounded number that says so', 'Tidewater employs about 1,200 people in Galway.'],
    ['a date in another form', 'The lease was made on 2024-05-03.'],
    ['a date in American order', 'The lease was made on May 3, 2024.'],
    ['less of a date than the context has', 'The supply contract ends in December 2027.'],
    ['a year of a full date', 'The contract ends in 2027.'],
    ['an ISO date in words', 'The contract begins on 1 January 2025.'],
    ['a synonym for the verb', 'The lease can be ended by either party with three months’ notice.'],
    ['a company without its form', 'Norwell Foods supplies flour to Castle Bakeries.'],
    ['the passive with the names turned', 'Bluefin was acquired by Tidewater in 2006.'],
    ['a name for a role that was given to it', 'Tobias Brandt may not sublet the flat.'],
    ['a denial in other words', 'Subletting the flat is prohibited.'],
    ['"at most" for "shall not exceed"', 'Liability of either side is at most 2.5 million pounds.'],
    [
      'a quotation in other quotation marks',
      'The house rules say “quiet hours begin at ten in the evening”.',
    ],
    ['a quotation with an omission', 'The house rules say "Quiet hours … in the evening".'],
    ['two adjacent sentences in one', 'The rent is 950 euros, and the deposit is 1,900 euros.'],
    ['two far ones, a clause each', 'The monthly rent is 950 euros, and the tenant may not sublet the flat.'],
    ['an exception left out of a list with "but"', 'The tenant may keep a cat.'],
    ['the clause behind "but"', 'No dogs are allowed.'],
    ['a pronoun in the context', 'The predecessor of the TX-900 weighed 15 kg.'],
    ['an acronym', 'The GDPR audit was passed in March 2021.'],
    ['a bare value', '950 euros'],
    ['a lead-in stripped', 'According to the contract, the laws of England govern it.'],
    ['"without" in the same place', 'The audit was passed without findings.'],
  ])('%s: %s', (_, reply) => {
    expect(check(reply)).toMatchObject({ pass: true, score: 1, namedScores: { supported: 1 } })
  })
})

describe('a sentence that the context does not support', () => {
  it.each([
    [
      'a number from nowhere',
      'The boiler must be repaired within 45 days.',
      'the number 45 days is not in the context',
    ],
    [
      'a number of the next sentence',
      'The monthly rent is 1,900 euros.',
      'where it says 1,900 euros, the context says 950 euros',
    ],
    ['a number of another document', 'Castle Bakeries pays within 14 days of each invoice.', '14 days'],
    [
      'the right number with a wrong unit',
      'Castle Bakeries pays within 30 months of each invoice.',
      '30 months',
    ],
    ['a number for a percentage', 'Late payment costs interest of 30 % a year.', '30 %'],
    [
      'numbers of two clauses exchanged',
      'The rent is 1,900 euros, and the deposit is 950 euros.',
      '1,900 euros',
    ],
    ['the wrong currency', 'The monthly rent is 950 dollars.', '950 dollars'],
    ['a wrong magnitude', 'Liability shall not exceed 2.5 billion pounds.', '2.5 billion pounds'],
    ['a rounded number that is too far off', 'Tidewater employs about 1,500 people in Galway.', '1,500'],
    ['a wrong year', 'The lease was made on 3 May 2023.', 'the date 3 May 2023 is not in the context'],
    ['more of a date than the context has', 'The GDPR audit was passed on 4 March 2021.', '4 March 2021'],
    ['another event’s date', 'The contract begins on 31 December 2027.', '31 December 2027'],
    ['a year of another event', 'Tidewater was founded in 2006.', '2006'],
    [
      'a name from nowhere',
      'Norwell Foods supplies flour to Harbour Mills.',
      'the name Harbour Mills is not in the context',
    ],
    ['a name of the other sentence', 'In 2006 Bluefin was founded by Orla Quinn.', ''],
    [
      'another name before a fact',
      'Bluefin employs 1,240 people in Galway.',
      'where it names Bluefin, the context names Tidewater',
    ],
    ['names exchanged in the active', 'In 2006 Bluefin acquired Tidewater.', 'the names have changed places'],
    [
      'an acronym from nowhere',
      'The HIPAA audit was passed in March 2021.',
      'the name HIPAA is not in the context',
    ],
    ['a product from nowhere', 'Model TX-950 weighs 12 kg.', 'TX-950'],
    ['a denial left out', 'The Tenant may sublet the flat.', 'the context says the opposite'],
    [
      'a denial put in',
      'Norwell Foods does not supply flour to Castle Bakeries.',
      'the context says the opposite',
    ],
    ['a contraction that denies', 'The tenant can’t keep a cat.', 'the context says the opposite'],
    [
      'an inclusion that is excluded',
      'Heating costs are included in the rent.',
      'the context says the opposite',
    ],
    [
      'a word’s opposite',
      'Prices fell by 3 % after the first year.',
      'it says "a decrease", the context "an increase"',
    ],
    [
      'before for after',
      'The boiler is repaired within fourteen days before a defect is reported.',
      '"before"',
    ],
    [
      '"at least" for "shall not exceed"',
      'Liability of either side is at least 2.5 million pounds.',
      '"at least"',
    ],
    [
      'a quotation that is none',
      'The house rules say "quiet hours begin at nine".',
      'not in the context as they are quoted',
    ],
    [
      'a sentence about something else',
      'Parking spaces behind the building are free for visitors.',
      'in the context',
    ],
    ['a plausible addition', 'The landlord offers a storage room in the cellar.', 'of what it says'],
  ])('%s: %s', (_, reply, why) => {
    const verdict = check(reply)
    expect(verdict).toMatchObject({ pass: false, score: 0, namedScores: { supported: 0 } })
    expect(verdict.reason).toContain(why)
    expect(notesOf(verdict).join()).toContain(why)
  })
})

describe('a passage that denies a claim', () => {
  const context =
    'Items bought online can be returned for a full refund. Sale items can be exchanged but not refunded.'

  it('is not outweighed by one that says less of it', () => {
    expect(check('Sale items can be refunded.', { context })).toMatchObject({ pass: false, score: 0 })
    expect(check('Sale items cannot be refunded.', { context }).pass).toBe(true)
    expect(check('Items bought online can be refunded.', { context }).pass).toBe(true)
  })
})
