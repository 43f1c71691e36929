/** Tokens of one call, in the four additive classes that prices are quoted for. `input` excludes the cached ones. */
export interface Usage {
  readonly input: number
  readonly output: number
  readonly cacheRead?: number | undefined
  /** All that was written, whatever its time to live. */
  readonly cacheWrite?: number | undefined
  /** Of `cacheWrite`: what is kept for an hour, which costs more. */
  readonly cacheWrite1h?: number | undefined
  /** True when the provider gave no count and ours is a tokenizer's estimate. */
  readonly estimated?: boolean | undefined
}

/** Tokens of the prompt, those of the model's own prompt cache included. */
export function inputTokens({ input, cacheRead = 0, cacheWrite = 0 }: Usage): number {
  return input + cacheRead + cacheWrite
}

/** Tokens of prompt and reply, of all four classes. */
export function totalTokens(usage: Usage): number {
  return inputTokens(usage) + usage.output
}

/** Of two calls together, class by class. */
export function addUsage(a: Usage, b: Usage): Usage {
  const sum = (x: number | undefined, y: number | undefined) => (x ?? 0) + (y ?? 0)
  const cacheRead = sum(a.cacheRead, b.cacheRead)
  const cacheWrite = sum(a.cacheWrite, b.cacheWrite)
  const cacheWrite1h = sum(a.cacheWrite1h, b.cacheWrite1h)
  return {
    input: a.input + b.input,
    output: a.output + b.output,
    ...(cacheRead > 0 && { cacheRead }),
    ...(cacheWrite > 0 && { cacheWrite }),
    ...(cacheWrite1h > 0 && { cacheWrite1h }),
    ...((a.estimated === true || b.estimated === true) && { estimated: true }),
  }
}

/** USD, or `unknown` where no price is known: never 0 by default. */
export type Cost = number | 'unknown'
