/** Tells aloud what providers find odd about their calls, the first of each kind: every trial has its own on record. */
export class CallWarnings {
  readonly #aloud: (message: string) => void
  readonly #told = new Set<string>()

  constructor(aloud: (message: string) => void) {
    this.#aloud = aloud
  }

  tell(provider: string, warnings: readonly string[]): void {
    for (const warning of warnings) {
      // Two that differ in their numbers alone are of one kind.
      const kind = JSON.stringify([provider, warning.replaceAll(/\d+/g, '0')])
      if (this.#told.has(kind)) continue
      this.#told.add(kind)
      this.#aloud(`${provider}: ${warning}`)
    }
  }
}
