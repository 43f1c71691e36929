/** Throws a RangeError for anything that is not a whole number of at least `least`. */
export function wholeNumber(name: string, x: number, least = 0): number {
  if (!Number.isSafeInteger(x) || x < least) {
    throw new RangeError(`${name} must be a whole number of at least ${least}, got ${x}`)
  }
  return x
}

/** Throws a RangeError for anything outside (0, 1), NaN included: levels, confidences, powers. */
export function openUnit(name: string, x: number): number {
  if (!(x > 0 && x < 1)) throw new RangeError(`${name} must lie between 0 and 1, got ${x}`)
  return x
}

/** Throws a RangeError for anything outside [low, high], NaN included. */
export function within(name: string, x: number, low: number, high: number): number {
  if (!(x >= low && x <= high)) throw new RangeError(`${name} must lie in [${low}, ${high}], got ${x}`)
  return x
}

/** Throws a RangeError for no numbers at all, and for one that is NaN or infinite. */
export function finiteSample<Sample extends ArrayLike<number>>(name: string, xs: Sample): Sample {
  if (xs.length === 0) throw new RangeError(`${name} must hold at least one number`)
  for (let i = 0; i < xs.length; i++) {
    if (!Number.isFinite(xs[i])) throw new RangeError(`${name} must hold finite numbers only, got ${xs[i]}`)
  }
  return xs
}

/** Throws a RangeError where two samples that belong together differ in length. */
export function sameLength(names: string, a: ArrayLike<unknown>, b: ArrayLike<unknown>): void {
  if (a.length !== b.length) {
    throw new RangeError(`${names} must be of one length, got ${a.length} and ${b.length}`)
  }
}
