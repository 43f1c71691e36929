import type { Trial } from '../../../harness/model/trial.ts'

/**
 * A row's text is three lines of JSON: what was answered, what was asked, and the rest of its record without the cell's id, which stands
 * among the numbers. In a block the first lines of all rows stand before all second ones: what is alike packs better side by side.
 */
export type RowLines = readonly [answered: string, asked: string, rest: string]

export const LINES_PER_ROW = 3

export function linesOf({ output, request, cell, ...rest }: Trial): RowLines {
  const { id: _id, vars, ...named } = cell
  return [
    JSON.stringify(output) ?? '',
    JSON.stringify({ request, vars }),
    JSON.stringify({ ...rest, cell: named }),
  ]
}

export function recordOf([answered, asked, rest]: RowLines, id: string): Trial {
  const { request, vars } = JSON.parse(asked) as Pick<Trial, 'request'> & Pick<Trial['cell'], 'vars'>
  const { cell, ...parts } = JSON.parse(rest) as Omit<Trial, 'output' | 'request'>
  const output: unknown = answered === '' ? undefined : JSON.parse(answered)
  return { ...parts, cell: { ...cell, id, vars }, request, output }
}

/** Of the lines of a block, those of a row. */
export function rowLines(lines: readonly string[], rows: number, place: number): RowLines {
  return [lines[place] ?? '', lines[rows + place] ?? '', lines[2 * rows + place] ?? '']
}
