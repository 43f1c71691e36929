/** A decimal number without error: `units` × 10^-`places`. Money is added up in these and rounded once. */
export interface Decimal {
  readonly units: bigint
  readonly places: number
}

export const ZERO: Decimal = { units: 0n, places: 0 }

/** The number as it is written: 0.1 is a tenth, not the double next to it. */
export function decimalOf(value: number): Decimal {
  if (Number.isSafeInteger(value)) return { units: BigInt(value), places: 0 }
  const [digits = '', exponent = '0'] = String(value).split('e')
  const [whole = '', fraction = ''] = digits.split('.')
  const places = fraction.length - Number(exponent)
  const units = BigInt(whole + fraction)
  return places < 0 ? { units: units * tenTo(-places), places: 0 } : { units, places }
}

export function times(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, places: a.places + b.places }
}

export function plus(a: Decimal, b: Decimal): Decimal {
  if (a.places < b.places) return plus(b, a)
  return { units: a.units + b.units * tenTo(a.places - b.places), places: a.places }
}

/** Moves the point to the left: divides by a power of ten. */
export function shifted({ units, places }: Decimal, by: number): Decimal {
  return { units, places: places + by }
}

/** The double nearest to it. */
export function toNumber({ units, places }: Decimal): number {
  return Number(`${units}e-${places}`)
}

/** The sum of amounts as they are written: 0.1 and 0.2 are 0.3. */
export function sumOf(amounts: readonly number[]): number {
  return toNumber(amounts.map(decimalOf).reduce(plus, ZERO))
}

function tenTo(power: number): bigint {
  return 10n ** BigInt(power)
}
