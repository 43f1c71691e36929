import type { Warning } from './model/suite.ts'
import { formatLocation } from './model/source.ts'

/** Tells each warning once, and remembers those that came up after the manifest was written. */
export class WarningLog {
  readonly late: string[] = []
  readonly #told = new Set<string>()
  readonly #tell: (message: string) => void

  constructor(tell: (message: string) => void = () => {}) {
    this.#tell = tell
  }

  /** Tells what is known before the run starts; the manifest has it already. */
  first(warnings: readonly Warning[]): void {
    for (const warning of warnings) this.#once(formatWarning(warning))
  }

  readonly add = (message: string): void => {
    if (this.#once(message)) this.late.push(message)
  }

  #once(message: string): boolean {
    if (this.#told.has(message)) return false
    this.#told.add(message)
    this.#tell(message)
    return true
  }
}

export function formatWarning({ message, at }: Warning): string {
  return at === undefined ? message : `${formatLocation(at)}: ${message}`
}
