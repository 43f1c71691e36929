import type { Usage } from '../model/usage.ts'
import { Moments } from '../stats/prediction.ts'
import { known, total } from './forecast-sums.ts'

const CACHE_CLASSES = ['cacheRead', 'cacheWrite', 'cacheWrite1h'] as const

/** Tokens that are expected, in the classes that are priced apart; those of a cache are absent for none. */
export interface ForecastTokens {
  /** Without those read from the model's own cache, or written to it. */
  readonly input: number
  readonly output: number | 'unknown'
  readonly cacheRead?: number
  readonly cacheWrite?: number
  readonly cacheWrite1h?: number
}

/** Of `count` calls or cells that take as much each. */
export function tokensOf(each: Usage, count: number): ForecastTokens {
  const { input, output } = each
  return {
    input: Math.round(input * count),
    output: Math.round(output * count),
    ...cached((name) => Math.round((each[name] ?? 0) * count)),
  }
}

/** A part of them: no whole numbers. */
export function partOfTokens(tokens: ForecastTokens, part: number): ForecastTokens {
  const { input, output } = tokens
  return {
    input: input * part,
    output: output === 'unknown' ? output : output * part,
    ...cached((name) => (tokens[name] ?? 0) * part),
  }
}

export function sumTokens(all: readonly ForecastTokens[]): ForecastTokens {
  return {
    input: total(all, ({ input }) => input),
    output: known(all.map(({ output }) => output)),
    ...cached((name) => total(all, (tokens) => tokens[name] ?? 0)),
  }
}

/** Of all classes, as far as they are known. */
export function countAll({ input, output, cacheRead = 0, cacheWrite = 0 }: ForecastTokens): number {
  return input + cacheRead + cacheWrite + (output === 'unknown' ? 0 : output)
}

function cached(
  of: (name: (typeof CACHE_CLASSES)[number]) => number,
): Pick<ForecastTokens, (typeof CACHE_CLASSES)[number]> {
  const counts = CACHE_CLASSES.map((name) => [name, of(name)] as const)
  return Object.fromEntries(counts.filter(([, count]) => count > 0))
}

type ClassMeans = Required<Omit<Usage, 'estimated'>>

/** Tokens of calls or cells, by class and all together. */
export class TokenMoments {
  readonly all = new Moments()
  readonly #sums = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0, cacheWrite1h: 0 }

  add(usages: readonly Usage[]): void {
    let count = 0
    for (const { input, output, cacheRead = 0, cacheWrite = 0, cacheWrite1h = 0 } of usages) {
      this.#sums.input += input
      this.#sums.output += output
      this.#sums.cacheRead += cacheRead
      this.#sums.cacheWrite += cacheWrite
      this.#sums.cacheWrite1h += cacheWrite1h
      count += input + output + cacheRead + cacheWrite
    }
    this.all.add(count)
  }

  /** Of each that was added; 0 where nothing was. */
  get mean(): ClassMeans {
    return this.per(this.all.n)
  }

  /** Of each of `count`, such as the calls of the cells that were added. */
  per(count: number): ClassMeans {
    const { input, output, cacheRead, cacheWrite, cacheWrite1h } = this.#sums
    const n = Math.max(1, count)
    return {
      input: input / n,
      output: output / n,
      cacheRead: cacheRead / n,
      cacheWrite: cacheWrite / n,
      cacheWrite1h: cacheWrite1h / n,
    }
  }
}
