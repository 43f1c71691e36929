import { normalDate } from '../shared/dates.ts'
import { normalMoney } from '../shared/money.ts'
import { normalName } from '../shared/names.ts'
import { plainNumber } from '../shared/plain-number.ts'

export type Scalar = string | number | boolean

/** A value reduced to what is compared. */
export interface Norm {
  readonly key: string
  /** Of an amount of money; one without is equal to one in any currency. */
  readonly currency?: string | undefined
}

type Normaliser = (value: Scalar) => Norm | undefined

/** By name; one that does not know a value (no date, no number) leaves it to `text`. */
export const NORMALISERS = {
  /** Unicode's compatible forms, case and white space are alike; a number is its digits. */
  text: (value) => ({ key: String(value).normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase() }),
  lowercase: (value) => ({ key: String(value).toLowerCase() }),
  /** Of one type, and the same. */
  exact: (value) => ({ key: JSON.stringify(value) }),
  number: (value) => numberNorm(typeof value === 'string' ? plainNumber(value.replace(/%\s*$/, '')) : value),
  date: (value) => dateNorm(value, false),
  'date-day-first': (value) => dateNorm(value, true),
  money: (value) => {
    const money = typeof value === 'boolean' ? undefined : normalMoney(value)
    const norm = numberNorm(money?.amount)
    return norm && { ...norm, currency: money?.currency }
  },
  name: (value) => ({ key: normalName(String(value)) }),
} satisfies Record<string, Normaliser>

export type NormaliserName = keyof typeof NORMALISERS

export function normOf(value: Scalar, normaliser: NormaliserName): Norm {
  const norm: Norm | undefined = NORMALISERS[normaliser](value)
  return norm === undefined || norm.key === '' ? NORMALISERS.text(value) : norm
}

export function isSame(a: Norm, b: Norm): boolean {
  if (a.key !== b.key) return false
  return a.currency === b.currency || a.currency === undefined || b.currency === undefined
}

/** Twelve digits: what sums of binary fractions get wrong is behind them. */
function numberNorm(value: unknown): Norm | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return undefined
  return { key: `= ${Number(value.toPrecision(12))}` }
}

function dateNorm(value: Scalar, dayFirst: boolean): Norm | undefined {
  const date = normalDate(String(value), { dayFirst })
  return date === undefined ? undefined : { key: `on ${date}` }
}
