const CODES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

/** The longer before what they contain. */
const SPELLINGS: readonly (readonly [string, string])[] = [
  ['us$', 'USD'],
  ['ca$', 'CAD'],
  ['au$', 'AUD'],
  ['nz$', 'NZD'],
  ['hk$', 'HKD'],
  ['c$', 'CAD'],
  ['a$', 'AUD'],
  ['r$', 'BRL'],
  ['$', 'USD'],
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['¥', 'JPY'],
  ['₹', 'INR'],
  ['₩', 'KRW'],
  ['₺', 'TRY'],
  ['₪', 'ILS'],
  ['zł', 'PLN'],
  ['canadian dollar', 'CAD'],
  ['australian dollar', 'AUD'],
  ['dollar', 'USD'],
  ['euro', 'EUR'],
  ['pound', 'GBP'],
  ['swiss franc', 'CHF'],
  ['yen', 'JPY'],
  ['rupee', 'INR'],
  ['yuan', 'CNY'],
]

/** The currency a text names, as ISO 4217 has it. A bare `$`, and dollars of no country, are USD. */
export function currencyIn(text: string): string | undefined {
  const code = text.match(/(?<![A-Za-z])[A-Z]{3}(?![A-Za-z])/g)?.find((word) => CODES.has(word))
  if (code !== undefined) return code
  const folded = text.toLowerCase()
  const spelt = SPELLINGS.find(([spelling]) => folded.includes(spelling))?.[1]
  if (spelt !== undefined) return spelt
  const lower = /(?<![a-z])(usd|eur|gbp|chf|jpy|cad|aud|inr|cny)(?![a-z])/.exec(folded)?.[1]
  return lower?.toUpperCase()
}
