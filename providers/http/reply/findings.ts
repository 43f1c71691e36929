import type { Usage } from '../../../harness/model/usage.ts'
import type { HttpConfig } from '../config.ts'
import type { Path } from '../path.ts'
import { valueAt, whatIsThere } from '../path.ts'
import { backendError } from './backend-error.ts'

type UsagePaths = NonNullable<HttpConfig['usage']>
const COUNTS = ['input', 'output', 'cacheRead', 'cacheWrite'] as const

/** What a reply tells beside its text. In a stream, of each thing the last that was told. */
export class Findings {
  readonly #config: HttpConfig
  readonly #found = new Map<Path, unknown>()
  #last: unknown

  constructor(config: HttpConfig) {
    this.#config = config
  }

  /** @throws {CallError} for an error that the backend reports in it */
  look(value: unknown): void {
    const { error, usage, costPath, finishReason, metadata, session } = this.#config
    const told = error && valueAt(value, error)
    if (!isNothing(told)) throw backendError(told)
    this.#last = value
    for (const path of [
      ...COUNTS.map((count) => usage?.[count]),
      costPath,
      finishReason,
      session?.from.path,
      ...Object.values(metadata),
    ]) {
      const found = path && valueAt(value, path)
      if (path !== undefined && found !== undefined && found !== null) this.#found.set(path, found)
    }
  }

  /** The same, for a text that need not be JSON. */
  lookInto(text: string): void {
    if (!/^\s*[[{]/.test(text)) return
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      return
    }
    this.look(value)
  }

  at(path: Path | undefined): unknown {
    return path && this.#found.get(path)
  }

  /** Undefined, and a warning, unless both what went in and what came out is told. */
  usage(warn?: (warning: string) => void): Usage | undefined {
    const paths = this.#config.usage
    if (paths === undefined) return undefined
    const input = this.#count(paths.input, warn)
    const output = this.#count(paths.output, warn)
    if (input === undefined || output === undefined) return undefined
    const cacheRead = paths.cacheRead && this.#count(paths.cacheRead)
    const cacheWrite = paths.cacheWrite && this.#count(paths.cacheWrite)
    return {
      input: ownInput(paths, input, (cacheRead ?? 0) + (cacheWrite ?? 0)),
      output,
      ...(cacheRead !== undefined && { cacheRead }),
      ...(cacheWrite !== undefined && { cacheWrite }),
    }
  }

  /** USD. */
  cost(warn: (warning: string) => void): number | undefined {
    return this.#config.costPath && this.#count(this.#config.costPath, warn)
  }

  metadata(): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(this.#config.metadata).flatMap(([name, path]) =>
        this.#found.has(path) ? [[name, this.#found.get(path)]] : [],
      ),
    )
  }

  #count(path: Path, warn?: (warning: string) => void): number | undefined {
    const found = this.#found.get(path)
    if (typeof found === 'number' && Number.isFinite(found) && found >= 0) return found
    warn?.(
      found === undefined
        ? `the reply has ${whatIsThere(this.#last, path)}`
        : `the reply has no number at \`${path.text}\``,
    )
    return undefined
  }
}

function ownInput({ inputIncludesCached }: UsagePaths, input: number, cached: number): number {
  return inputIncludesCached ? Math.max(0, input - cached) : input
}

/** Backends that always send the member send it empty when all is well. */
function isNothing(error: unknown): boolean {
  if (typeof error === 'object' && error !== null) return Object.keys(error).length === 0
  return error === undefined || error === null || error === false || error === '' || error === 0
}
