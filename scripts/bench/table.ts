/** Prints figures as they come: name, value, ratio, and what was aimed at. */
export class BenchTable {
  readonly #print: (line: string) => void

  constructor(print: (line: string) => void) {
    this.#print = print
  }

  section(title: string): void {
    this.#print(`\n${title}`)
  }

  row(name: string, value: string, target: string, ratio?: number, unit = ''): void {
    const shown = ratio === undefined ? '' : `${ratio.toFixed(2)}${unit && ` ${unit}`}`
    this.#print(`  ${name.padEnd(34)} ${value.padStart(12)}  ${shown.padStart(9)}  ${target}`.trimEnd())
  }
}
