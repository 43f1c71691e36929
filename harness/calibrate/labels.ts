import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { HarnessError, messageOf } from '../model/errors.ts'
import type { SourceLocation } from '../model/source.ts'
import { csvRows } from './csv-labels.ts'
import { jsonlRows } from './jsonl-labels.ts'
import { refuseBadRows } from './refuse-rows.ts'

/** An answer that people have labelled. */
export interface LabelledAnswer {
  readonly id: string
  readonly output: unknown
  /** A level as it stands in the rubric, `passed` or `failed`, or `win`, `tie`, `loss`. */
  readonly label: string
  /** What else the judge is shown: question, reference, … */
  readonly vars: Readonly<Record<string, unknown>>
  readonly at: SourceLocation
}

/** A file of labelled answers, read. */
export interface Labels {
  readonly file: string
  readonly sha256: string
  readonly rows: readonly LabelledAnswer[]
  /** What was left out of it, and why. */
  readonly notes: readonly string[]
}

/** What a reader of one format made of a file: `id` is missing where the row has none. */
export interface ReadRows {
  readonly rows: readonly (Omit<LabelledAnswer, 'id'> & { readonly id?: string | undefined })[]
  readonly notes: readonly string[]
}

/**
 * Reads labelled answers: a CSV or JSONL with `output` and `label`, perhaps an `id`, and any other column a variable; or what
 * `assay review --export` writes.
 * @param file absolute
 * @param metric of the judge, by which rows of a review are chosen
 * @throws HarnessError `usage` for a file that cannot be read, `empty` for one without rows, `suite` for mistakes in it, each at its row
 */
export async function readLabels(file: string, metric?: string): Promise<Labels> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    throw new HarnessError('usage', `cannot read the labels: ${messageOf(error)}`, {
      hint: 'Name a .csv or .jsonl of labelled answers with --labels.',
      cause: error,
    })
  }
  const { rows, notes } = readerOf(file)(text.replace(/^\uFEFF/, ''), file, metric)
  if (rows.length === 0)
    throw new HarnessError(
      'empty',
      `${file} has no labelled answers${notes.map((note) => `: ${note}`).join('')}`,
    )
  const named = rows.map(({ id = '', output, label, vars, at }, index) => ({
    id: id || `row-${index + 1}`,
    output,
    label,
    vars,
    at,
  }))
  refuseBadRows(named)
  return { file, sha256: hash('sha256', text, 'hex'), rows: named, notes }
}

function readerOf(file: string): (text: string, file: string, metric?: string) => ReadRows {
  const extension = extname(file).toLowerCase()
  if (extension === '.csv') return csvRows
  if (extension === '.jsonl') return jsonlRows
  throw new HarnessError('usage', `${file} is neither a .csv nor a .jsonl`, {
    hint: 'Labels are rows of `output` and `label`, in one of these formats.',
  })
}
