/** A call in a plain log: `call('find', {id: 1}, 'found')`. */
export function call(tool: string, args: unknown = {}, result?: unknown): Record<string, unknown> {
  return { tool, args, ...(result !== undefined && { result }) }
}

/** One that ended in an error. */
export function broken(tool: string, args: unknown = {}): Record<string, unknown> {
  return { tool, args, error: 'not found' }
}

/** Calls of tools `a b c`, with no arguments. */
export function ways(letters: string): Record<string, unknown>[] {
  return letters
    .split(' ')
    .filter((letter) => letter !== '')
    .map((letter, index) => call(letter, {}, `result ${index}`))
}
