const HALF_LOG_2PI = 0.9189385332046727

/**
 * ln Γ(x) for x > 0, by Stirling's series where it is exact to a double, moved up below (Abramowitz & Stegun 1964,
 * 6.1.41).
 */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`logGamma needs a number above 0, got ${x}`)
  let shift = 1
  let z = x
  while (z < 15) shift *= z++
  return (z - 0.5) * Math.log(z) - z + HALF_LOG_2PI + stirlingTail(z) - Math.log(shift)
}

/**
 * ln(x!) less Stirling's approximation of it, for x > 0: δ of Loader (2000), Fast and accurate computation of
 * binomial probabilities.
 */
export function stirlingError(x: number): number {
  if (x >= 15) return stirlingTail(x)
  return logGamma(x + 1) - (x + 0.5) * Math.log(x) + x - HALF_LOG_2PI
}

function stirlingTail(z: number): number {
  const w = 1 / (z * z)
  const series =
    1 / 12 - w * (1 / 360 - w * (1 / 1260 - w * (1 / 1680 - w * (1 / 1188 - w * (691 / 360_360 - w / 156)))))
  return series / z
}
