import { within } from './argument.ts'

/** Coefficients of a polynomial, highest power first. */
type Polynomial = readonly number[]

const CDF_TOP: Polynomial = [
  3.52624965998911e-2, 0.700383064443688, 6.37396220353165, 33.912866078383, 112.079291497871,
  221.213596169931, 220.206867912376,
]
const CDF_BOTTOM: Polynomial = [
  8.83883476483184e-2, 1.75566716318264, 16.064177579207, 86.7807322029461, 296.564248779674,
  637.333633378831, 793.826512519948, 440.413735824752,
]

/** P(Z ≤ x) of the standard normal distribution (Hart 1968, 5666, as in West 2005, Wilmott 2005:70). */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) throw new RangeError('x must be a number, got NaN')
  const tail = upperTail(Math.abs(x))
  return x > 0 ? 1 - tail : tail
}

function upperTail(z: number): number {
  if (z > 38.6) return 0
  const height = Math.exp((-z * z) / 2)
  if (z < 4) return (height * evaluate(CDF_TOP, z)) / evaluate(CDF_BOTTOM, z)
  // The continued fraction of Mills' ratio (Abramowitz & Stegun 1964, 26.2.14), which keeps all digits of a small tail.
  let fraction = z
  for (let k = 60; k >= 1; k--) fraction = z + k / fraction
  return height / fraction / Math.sqrt(2 * Math.PI)
}

const CENTRE_TOP: Polynomial = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
  1971.5909503065513, 133.14166789178438, 3.3871328727963665,
]
const CENTRE_BOTTOM: Polynomial = [
  5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751,
  687.1870074920579, 42.31333070160091, 1,
]
const TAIL_TOP: Polynomial = [
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
  5.769497221460691, 4.630337846156546, 1.4234371107496835,
]
const TAIL_BOTTOM: Polynomial = [
  1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
  1.6763848301838038, 2.053191626637759, 1,
]
const FAR_TOP: Polynomial = [
  2.0103343992922881e-7, 0.000027115555687434876, 0.0012426609473880784, 0.026532189526576124,
  0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
]
const FAR_BOTTOM: Polynomial = [
  2.0442631033899397e-15, 1.421511758316446e-7, 0.000018463183175100548, 0.0007868691311456133,
  0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1,
]

/** The p-quantile of the standard normal distribution (Wichura 1988, algorithm AS 241); ∓∞ at 0 and 1. */
export function normalQuantile(p: number): number {
  within('p', p, 0, 1)
  const q = p - 0.5
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q
    return (q * evaluate(CENTRE_TOP, r)) / evaluate(CENTRE_BOTTOM, r)
  }
  const tail = Math.min(p, 1 - p)
  if (tail === 0) return q < 0 ? -Infinity : Infinity
  const r = Math.sqrt(-Math.log(tail))
  const z =
    r <= 5
      ? evaluate(TAIL_TOP, r - 1.6) / evaluate(TAIL_BOTTOM, r - 1.6)
      : evaluate(FAR_TOP, r - 5) / evaluate(FAR_BOTTOM, r - 5)
  return q < 0 ? -z : z
}

function evaluate(coefficients: Polynomial, x: number): number {
  let value = 0
  for (const coefficient of coefficients) value = value * x + coefficient
  return value
}
