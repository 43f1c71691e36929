import type { Cell } from '../model/cell.ts'

/** Tells of variables a prompt uses and a case lacks: on every trial, and aloud once per prompt and variable. */
export class UndefinedVariables {
  readonly #aloud: (message: string) => void
  readonly #told = new Set<string>()

  constructor(aloud: (message: string) => void) {
    this.#aloud = aloud
  }

  /** The warnings for one cell's trial. */
  tell(names: readonly string[], { column: { prompt }, case: testCase }: Cell): string[] {
    return names.map((name) => {
      const of =
        testCase.description === undefined ? testCase.id : `"${testCase.description}" (${testCase.id})`
      const message = `the prompt ${prompt.key} uses {{${name}}}, which the case ${of} does not have: it is left empty`
      const key = JSON.stringify([prompt.key, name])
      if (!this.#told.has(key)) {
        this.#told.add(key)
        this.#aloud(message)
      }
      return message
    })
  }
}
