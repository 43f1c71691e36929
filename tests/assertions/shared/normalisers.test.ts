import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalDate } from '../../../assertions/shared/dates.ts'
import { normalMoney } from '../../../assertions/shared/money.ts'
import { normalName } from '../../../assertions/shared/names.ts'
import { plainNumber } from '../../../assertions/shared/plain-number.ts'

describe('a date', () => {
  it.each([
    ['2024-01-05', '2024-01-05'],
    ['2024-1-5', '2024-01-05'],
    ['2024-01-05T23:30:00Z', '2024-01-05'],
    ['January 5, 2024', '2024-01-05'],
    ['5 January 2024', '2024-01-05'],
    ['5-Jan-2024', '2024-01-05'],
    ['Sept. 3, 2021', '2021-09-03'],
    ['December 31st 1999', '1999-12-31'],
    ['Friday, 5 Jan 2024', '2024-01-05'],
    ['this 5th day of January, 2024', '2024-01-05'],
    ['as of the first of May 2024', '2024-05-01'],
    ['25/12/2024', '2024-12-25'],
    ['12/25/2024', '2024-12-25'],
    ['03/04/2024', '2024-03-04'],
    ['31.12.2024', '2024-12-31'],
    ['05.01.2024', '2024-01-05'],
    ['29 February 2024', '2024-02-29'],
  ])('%j is %s', (text, date) => {
    expect(normalDate(text)).toBe(date)
  })

  it.each([
    'today',
    'May 2024',
    '2024',
    '1/5/24',
    '2024-02-30',
    '29 February 2023',
    '13/13/2024',
    '1 May 2024 to 3 May 2024',
    'three days after 1 May 2024',
    'upon signature',
    '',
    `${'x'.repeat(1_000_000)} 1 May 2024`,
  ])('%.40j is none', (text) => {
    expect(normalDate(text)).toBeUndefined()
  })

  it('is read day first where the suite says so', () => {
    expect(normalDate('03/04/2024', { dayFirst: true })).toBe('2024-04-03')
  })

  it('does not depend on the time zone, nor on how it is written', () => {
    const months =
      'January February March April May June July August September October November December'.split(' ')
    const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    fc.assert(
      fc.property(days, (date) => {
        const iso = date.toISOString().slice(0, 10)
        const [day, month, year] = [date.getUTCDate(), months[date.getUTCMonth()], date.getUTCFullYear()]
        expect(
          [`${day} ${month} ${year}`, `${month} ${day}, ${year}`].map((text) => normalDate(text)),
        ).toEqual([iso, iso])
      }),
      { seed: 1, numRuns: 100 },
    )
  })
})

describe('an amount of money', () => {
  it.each([
    ['$1,234.56', 1234.56, 'USD'],
    ['USD 5000', 5000, 'USD'],
    ['5,000 US dollars', 5000, 'USD'],
    ['EUR 1.234,56', 1234.56, 'EUR'],
    ['1 234,56 €', 1234.56, 'EUR'],
    ['€ 1.234', 1234, 'EUR'],
    ["CHF 1'000", 1000, 'CHF'],
    ['£10k', 10_000, 'GBP'],
    ['$1.5 million', 1_500_000, 'USD'],
    ['$1.07 billion', 1_070_000_000, 'USD'],
    ['1.234 million euros', 1_234_000, 'EUR'],
    ['US$ 4 bn', 4e9, 'USD'],
    ['$2.5B', 2.5e9, 'USD'],
    ['$3 millions', 3e6, 'USD'],
    ['1,5 Mio. €', 1_500_000, 'EUR'],
    ['2 Mrd. EUR', 2e9, 'EUR'],
    ['3 lakh rupees', 300_000, 'INR'],
    ['EUR50,000', 50_000, 'EUR'],
    ['C$12', 12, 'CAD'],
    ['ten (10) dollars', 10, 'USD'],
    ['fifty thousand dollars (US$50,000.00)', 50_000, 'USD'],
    ['INR 12,34,567', 1_234_567, 'INR'],
    ['-$5', -5, 'USD'],
    ['USD −3.50', -3.5, 'USD'],
    ['＄1,000', 1000, 'USD'],
  ])('%j is %d %s', (text, amount, currency) => {
    expect(normalMoney(text)).toEqual({ amount, currency })
  })

  it('has no currency where none is named', () => {
    expect(normalMoney('1,200')).toEqual({ amount: 1200 })
    expect(normalMoney('(1,200)')).toEqual({ amount: -1200 })
    expect(normalMoney(12.5)).toEqual({ amount: 12.5 })
  })

  it.each([
    'free',
    '5%',
    '$1,000 to $2,000',
    '1,23,4',
    '1e400',
    'ABCD5',
    '',
    Infinity,
    Number.NaN,
    '9'.repeat(1_000_000),
  ])('%.40j is none', (text) => {
    expect(normalMoney(text)).toBeUndefined()
  })
})

describe('a number as people write it', () => {
  it.each([
    ['1,234.56', 1234.56],
    ['1.234,56', 1234.56],
    ['1 234', 1234],
    ['12,5', 12.5],
    ['1,234', 1234],
    ['1.234', 1.234],
    ['0,125', 0.125],
    ['−3', -3],
    ['1,234,567', 1_234_567],
  ])('%j is %d', (text, number) => {
    expect(plainNumber(text)).toBe(number)
  })

  it.each(['', 'five', '1,23,4', '1.2.3', '1,', '12 34', '1e5'])('%j is none', (text) => {
    expect(plainNumber(text)).toBeUndefined()
  })
})

describe('a name', () => {
  it.each([
    ['The ACME Holdings, Inc.', 'acme holdings'],
    ['J.P. Morgan & Co.', 'jp morgan'],
    ['Société Générale S.A.', 'societe generale'],
    ['Müller GmbH & Co. KG', 'muller'],
    ['Smith & Sons Ltd', 'smith and sons'],
    ['Dr. Jane O’Neil', 'jane oneil'],
    ['  jane   DOE ', 'jane doe'],
    ['Ａｃｍｅ', 'acme'],
    ['J. P. Morgan', 'jp morgan'],
    ['J.R.R. Tolkien', 'jrr tolkien'],
    ['Łukasz Bjørn-Strauß', 'lukasz bjorn strauss'],
    ['Fizz A/S', 'fizz'],
    ['Acme S.à r.l.', 'acme'],
    ['Acme Limited Liability Company', 'acme'],
    ['Limited Liability Company', 'limited liability'],
    ['The Company', 'company'],
    ['Sir', 'sir'],
    ['北京公司', '北京公司'],
  ])('%j is %j', (name, normal) => {
    expect(normalName(name)).toBe(normal)
  })

  it('is the same when it is made normal again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        const once = normalName(text)
        expect(normalName(once)).toBe(once)
      }),
      { seed: 1, numRuns: 200 },
    )
  })
})
