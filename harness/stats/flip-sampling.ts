import { monteCarloP } from './monte-carlo.ts'
import { makeBits } from './random.ts'

const MOST_FLIPS = 99_999
/** Enough for a level of 0.025 shared by a dozen comparisons, however many units there are. */
const FEWEST_FLIPS = 1_999
/** Additions of a block's sum: about 0.1 s. */
const MOST_WORK = 2e7
/** Units whose signs one byte of the generator sets. */
const BLOCK = 8
const TIE = 1e-9

/**
 * One-sided p-values of T = Σ D among random flips of all signs, (extreme + 1) / (flips + 1). The sums of the 256
 * ways to flip a block of eight units are worked out once; then a flip is one addition a block.
 */
export function sampledTails(d: Float64Array, seed: number): { worse: number; better: number } {
  const blocks = Math.ceil(d.length / BLOCK)
  const sums = blockSums(d, blocks)
  const flips = Math.max(FEWEST_FLIPS, Math.min(MOST_FLIPS, Math.floor(MOST_WORK / blocks)))
  const T = d.reduce((sum, x) => sum + x, 0)
  const tie = TIE * d.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  const bits = makeBits(seed)
  let [atMost, atLeast] = [0, 0]
  for (let flip = 0; flip < flips; flip++) {
    let sum = 0
    let word = 0
    for (let block = 0; block < blocks; block++) {
      word = (block & 3) === 0 ? bits() : word >>> BLOCK
      sum += sums[(block << BLOCK) | (word & 255)] as number
    }
    if (sum <= T + tie) atMost++
    if (sum >= T - tie) atLeast++
  }
  return { worse: monteCarloP(atMost, flips), better: monteCarloP(atLeast, flips) }
}

function blockSums(d: Float64Array, blocks: number): Float64Array {
  const sums = new Float64Array(blocks << BLOCK)
  for (let block = 0; block < blocks; block++) {
    for (let signs = 0; signs < 1 << BLOCK; signs++) {
      let sum = 0
      for (let i = 0; i < BLOCK; i++) {
        const x = d[block * BLOCK + i] ?? 0
        sum += (signs >> i) & 1 ? x : -x
      }
      sums[(block << BLOCK) | signs] = sum
    }
  }
  return sums
}
