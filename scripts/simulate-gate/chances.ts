import type { Random } from './scenario.ts'

/** A reply's score: 1 with the chance given, else 0. */
export function drawPass(random: Random, chance: number): number {
  return random() < chance ? 1 : 0
}

/** A judge's score on five levels, 0, 0.25 … 1, with the mean given: a binomial of 4. */
export function drawLevel(random: Random, mean: number): number {
  let level = 0
  for (let step = 0; step < 4; step++) level += drawPass(random, mean)
  return level / 4
}

/** Beta-distributed: Jöhnk's rejection (1964), fine for small parameters. */
export function drawBeta(random: Random, a: number, b: number): number {
  for (;;) {
    const x = random() ** (1 / a)
    const y = random() ** (1 / b)
    if (x + y <= 1 && x + y > 0) return x / (x + y)
  }
}

/** A latency in milliseconds: log-normal, median `median`, by Box and Muller. */
export function drawLatency(random: Random, median: number, sigma: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return median * Math.exp(sigma * normal)
}

/** `n` draws, one for each case or cluster. */
export function drawEach(n: number, draw: () => number): Float64Array {
  return Float64Array.from({ length: n }, draw)
}
