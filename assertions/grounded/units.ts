/** What a number measures: units of one kind convert by their factor. */
export interface Unit {
  readonly kind: string
  readonly factor: number
  readonly isMoney?: boolean
}

const MONEY: readonly (readonly [kind: string, factor: number, names: string])[] = [
  ['EUR', 1, '€ eur euro euros'],
  ['USD', 1, '$ us$ usd dollar dollars'],
  ['GBP', 1, '£ gbp pound pounds'],
  ['GBP', 0.01, 'pence penny'],
  ['CHF', 1, 'chf franc francs'],
  ['JPY', 1, '¥ jpy yen'],
  ['cents', 0.01, 'cent cents'],
]

const TABLE: readonly (readonly [kind: string, factor: number, names: string])[] = [
  ['times', 1, 'times'],
  ['am', 1, 'am a.m a.m.'],
  ['pm', 1, 'pm p.m p.m.'],
  ['percent', 1, '% percent percentage pct'],
  ['time', 1, 'second seconds sec secs s'],
  ['time', 60, 'minute minutes min mins'],
  ['time', 3600, 'hour hours hr hrs h'],
  ['time', 86_400, 'day days'],
  ['time', 604_800, 'week weeks'],
  ['time', 1_209_600, 'fortnight fortnights'],
  ['months', 1, 'month months'],
  ['months', 3, 'quarter quarters'],
  ['months', 12, 'year years yr yrs annum'],
  ['length', 0.001, 'mm'],
  ['length', 0.01, 'cm'],
  ['length', 1, 'm metre metres meter meters'],
  ['length', 1000, 'km kilometre kilometres kilometer kilometers'],
  ['length', 1609.344, 'mile miles'],
  ['length', 0.3048, 'foot feet ft'],
  ['mass', 1, 'g gram grams'],
  ['mass', 1000, 'kg kilogram kilograms kilo kilos'],
  ['mass', 1_000_000, 'tonne tonnes'],
  ['bytes', 1e3, 'kb'],
  ['bytes', 1e6, 'mb'],
  ['bytes', 1e9, 'gb'],
  ['bytes', 1e12, 'tb'],
  ['degrees', 1, '° degree degrees'],
]

/** By name, in lower case. */
export const UNITS: ReadonlyMap<string, Unit> = new Map([
  ...TABLE.flatMap(([kind, factor, names]) => named(names, { kind, factor })),
  ...MONEY.flatMap(([kind, factor, names]) => named(names, { kind, factor, isMoney: true })),
  ['per cent', { kind: 'percent', factor: 1 }],
])

function named(names: string, unit: Unit): [string, Unit][] {
  return names.split(' ').map((name) => [name, unit])
}
