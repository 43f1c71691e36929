import type { CsvError } from 'csv-parse/sync'
import { parse } from 'csv-parse/sync'
import { didYouMean } from '../model/suggest.ts'
import { fail } from '../suite/config/fail.ts'
import type { ReadRows } from './labels.ts'

interface Parsed {
  readonly record: readonly string[]
  /** `lines`: those read so far, this row's last one included. */
  readonly info: { readonly lines: number }
}

/** @throws HarnessError `suite` for what is no CSV, and for one without the columns `output` and `label` */
export function csvRows(text: string, file: string): ReadRows {
  const [header, ...rows] = parseText(text, file)
  const columns = (header?.record ?? []).map((name) => name.trim())
  const at = { file, line: 1 }
  for (const needed of ['output', 'label']) {
    if (columns.includes(needed)) continue
    const hint = `${didYouMean(needed, columns) ?? `columns: ${columns.join(', ') || 'none'}`}; \`output\` is the answer, \`label\` what people gave it`
    throw fail('suite', `the labels have no column \`${needed}\``, at, hint)
  }
  const twice = columns.find((name, index) => columns.indexOf(name) !== index)
  if (twice !== undefined) throw fail('suite', `the column \`${twice}\` stands there twice`, at)
  let line = header?.info.lines ?? 1
  return {
    notes: [],
    rows: rows.map(({ record, info }) => {
      const place = { file, line: line + 1 }
      line = info.lines
      const cells = Object.fromEntries(columns.map((name, index) => [name, record[index] ?? '']))
      const { output = '', label = '', id = cells['__metadata:id'], ...others } = cells
      // Columns that promptfoo reads are no variables: one file may be the tests of a suite as well.
      const vars = Object.fromEntries(Object.entries(others).filter(([name]) => !name.startsWith('__')))
      return { id: id || undefined, output, label: label.trim(), vars, at: place }
    }),
  }
}

function parseText(text: string, file: string): readonly Parsed[] {
  try {
    return parse(text, { info: true, skip_empty_lines: true }) as unknown as readonly Parsed[]
  } catch (error) {
    const { message, lines = 1 } = error as CsvError & { readonly lines?: number }
    throw fail('suite', `the labels are no CSV: ${message}`, { file, line: lines }, undefined, error)
  }
}
