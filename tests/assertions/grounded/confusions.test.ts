import { describe, expect, it } from 'vitest'
import { check } from './context.ts'

const TERMS = `This agreement is between Ann O'Brien (the "Landlord") and Bäckerei Müller GmbH (the "Tenant"). The Landlord shall insure the building against fire.
The Tenant shall not sublet the flat without the prior written consent of the Landlord, which may not be unreasonably withheld.
The annual rent is payable in quarterly instalments. The rent may only be revised upwards.
"Territory" means Ghana, Togo and Côte d’Ivoire. L'Oréal supplies the shop.`
const SHOP = `The Lite router has two ports. The Max router has six ports and includes parental controls.
To restart it, hold the power button for ten seconds; to reset it, hold the reset button for thirty seconds.
Our phone line is open on weekdays; chat is available around the clock. Return shipping is free in Ireland. Guests may bring a cat, but no dogs are allowed. A gift box costs 5 euros.
Administrators can delete users; managers approve trips.`
const LEAFLET = `Very common side effects are headaches; uncommon side effects are palpitations. Ostavan must not be used by patients with low blood calcium.
Take it at least 30 minutes before a meal. Children between 6 and 12 years take 5 ml. The syrup does not contain sugar. Staff have 27 days of leave.`

describe('a paraphrase', () => {
  it.each([
    ['a name with an accent and an apostrophe, word for word', "Côte d'Ivoire is in the Territory.", TERMS],
    [
      'a name in a list, with the other apostrophe',
      'The Territory means Ghana, Togo and Côte d’Ivoire.',
      TERMS,
    ],
    ['a name with an apostrophe in it', 'The landlord is Ann O’Brien.', TERMS],
    ['a name that begins with an elided article', 'The shop is supplied by L’Oréal.', TERMS],
    ['a name without its accents', 'Backerei Muller shall not sublet the flat without consent.', TERMS],
    [
      'a need for what is denied "without"',
      'The tenant needs prior written consent to sublet the flat.',
      TERMS,
    ],
    ['no cost for "free"', 'Return shipping in Ireland costs nothing.', SHOP],
    ['what is free of it for what does not contain it', 'The syrup is sugar-free.', LEAFLET],
    ['half an hour for 30 minutes', 'Take it at least half an hour before a meal.', LEAFLET],
    ['a range with "and"', 'Children between 6 and 12 years take 5 ml.', LEAFLET],
    [
      'a plural that only begins the sentence, with a name behind',
      'Patients whose blood calcium is low must not use Ostavan.',
      LEAFLET,
    ],
    ['the same kind of a thing', 'The Max router includes parental controls.', SHOP],
    ['the same subject', 'The landlord must insure the building against fire.', TERMS],
    ['the clause behind a semicolon', 'Chat is available around the clock.', SHOP],
    ['an adjective between a number and its unit', 'Staff have 27 paid days of leave.', LEAFLET],
  ])('of %s is supported', (_, reply, context) => {
    expect(check(reply, { context })).toMatchObject({ pass: true, score: 1 })
  })
})

describe('a claim that says of one what the context says of another', () => {
  it.each([
    ['a role', 'The tenant must insure the building against fire.', TERMS, 'what it says of "tenant"'],
    ['a kind of a thing', 'The Lite router includes parental controls.', SHOP, 'where it says "lite router"'],
    [
      'a modifier within one sentence',
      'To restart it, hold the reset button for ten seconds.',
      SHOP,
      '"power button"',
    ],
    [
      'the thing before the semicolon',
      'Our phone line is available around the clock.',
      SHOP,
      'what it says of "phone line", the context says of "chat"',
    ],
    ['consent that is not needed', 'The tenant may sublet the flat without consent.', TERMS, 'the opposite'],
    [
      'another period',
      'The rent is payable in monthly instalments.',
      TERMS,
      '"monthly", the context "quarterly"',
    ],
    [
      'the other direction',
      'The rent may be revised downwards.',
      TERMS,
      '"downwards", the context "upwards"',
    ],
    [
      'the other frequency, of a list',
      'Palpitations are a very common side effect.',
      LEAFLET,
      '"common", the context "rare"',
    ],
    ['what there is none of', 'Guests may bring a dog.', SHOP, 'no dogs are allowed'],
    ['a price for what is free', 'Return shipping in Ireland is not free.', SHOP, 'the opposite'],
    ['nothing for what has a price', 'A gift box costs nothing.', SHOP, 'the opposite'],
    ['half of another time', 'Take it at least half an hour after a meal.', LEAFLET, '"after"'],
  ])('%s: %s', (_, reply, context, why) => {
    const verdict = check(reply, { context })
    expect(verdict).toMatchObject({ pass: false, score: 0 })
    expect(verdict.reason).toContain(why)
  })

  it('is not flagged where the context does not know the word: it may be another one for the same', () => {
    expect(check('The lessor must insure the building against fire.', { context: TERMS }).pass).toBe(true)
    expect(check('The owner must insure the building against fire.', { context: TERMS }).pass).toBe(true)
  })
})
