declare const probabilityBrand: unique symbol
declare const positiveBrand: unique symbol

/** A number in [0, 1]. */
export type Probability = number & { readonly [probabilityBrand]: true }

/** A finite number above 0, such as a sample size that need not be whole. */
export type Positive = number & { readonly [positiveBrand]: true }

/** Throws a RangeError for anything outside [0, 1], NaN included. */
export function probability(x: number): Probability {
  if (!(x >= 0 && x <= 1)) throw new RangeError(`expected a probability in [0, 1], got ${x}`)
  return x as Probability
}

/** Throws a RangeError for anything that is not finite and above 0. */
export function positive(x: number): Positive {
  if (!(x > 0 && x < Infinity)) throw new RangeError(`expected a finite number above 0, got ${x}`)
  return x as Positive
}
