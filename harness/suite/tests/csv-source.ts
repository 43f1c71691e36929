import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'
import type { HarnessError } from '../../model/errors.ts'
import { messageOf } from '../../model/errors.ts'
import type { SourceLocation } from '../../model/source.ts'
import { fail } from '../config/fail.ts'
import { envFlag } from '../env-flag.ts'
import type { Reading } from '../reading.ts'
import { RowReader } from './columns.ts'
import type { SourcedTest, TestSource } from './test-source.ts'

const BATCH = 256

interface Row {
  readonly cells: readonly string[]
  readonly at: SourceLocation
}

/**
 * A CSV of tests, streamed from disk on every walk: cells are data. A stray quote inside an unquoted cell is taken as written,
 * as promptfoo takes it on its second try, unless `PROMPTFOO_CSV_STRICT` is on; `PROMPTFOO_CSV_DELIMITER` is respected.
 * Walking it throws HarnessError at the row: `suite` for a ragged row, an unclosed quote or a duplicate column, `empty` for no row.
 */
export function csvSource(path: string, reading: Reading): TestSource {
  // Kept from walk to walk, so that equal cells stay one assertion.
  let reader: RowReader | undefined
  return {
    async *batches() {
      let batch: SourcedTest[] = []
      let index = 0
      for await (const { cells, at } of rows(path, reading)) {
        if (index++ === 0) {
          reader ??= new RowReader(cells, at, reading.warn, true)
          continue
        }
        batch.push((reader as RowReader).read(cells, index - 2, at))
        if (batch.length < BATCH) continue
        yield batch
        batch = []
      }
      if (index < 2)
        throw fail(
          'empty',
          `${path} has no ${index === 0 ? 'header' : 'rows'}`,
          { file: path, line: 1 },
          'the first line names the columns, every further one is a test',
        )
      yield batch
    },
  }
}

/** Records with the line they begin on, the header first. */
async function* rows(path: string, { env }: Reading): AsyncGenerator<Row> {
  const input = createReadStream(path, { highWaterMark: 1 << 18 })
  // Counted as the parser goes: when it fails, it is ahead of whoever reads the rows.
  let line = 1
  let miscounted = 0
  let width = 0
  const parser = input.pipe(
    parse({
      bom: true,
      delimiter: env['PROMPTFOO_CSV_DELIMITER'] ?? ',',
      relax_quotes: !envFlag(env, 'PROMPTFOO_CSV_STRICT'),
      on_record: (cells: string[], { lines }) => {
        const row = { cells, at: { file: path, line } }
        width ||= cells.length
        // The parser counts \r\n inside quotes twice.
        for (const cell of cells) if (cell.includes('\r')) miscounted += cell.split('\r\n').length - 1
        line = lines - miscounted + 1
        // Its types know of no other record than a list of cells.
        return row as unknown as string[]
      },
    }),
  )
  input.on('error', (error) => parser.destroy(error))
  try {
    yield* parser as AsyncIterable<Row>
  } catch (error) {
    throw explain(error, { file: path, line }, width)
  } finally {
    input.destroy()
  }
}

function explain(error: unknown, at: SourceLocation, width: number): unknown {
  const { code = '', record } = error as { code?: string; record?: string[] }
  const refuse = (message: string, hint?: string): HarnessError => fail('suite', message, at, hint, error)
  if (code === 'CSV_RECORD_INCONSISTENT_FIELDS_LENGTH') {
    const cells = record?.length ?? 0
    const isEmpty = cells === 1 && record?.[0]?.trim() === ''
    return refuse(
      `the row has ${cells} ${cells === 1 ? 'cell' : 'cells'}, the header ${width}`,
      isEmpty ? 'remove the empty line' : 'put a cell that holds the delimiter or a newline in double quotes',
    )
  }
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    return refuse(
      'a quote that begins in this row is not closed',
      'write a quote inside a quoted cell twice: `""`',
    )
  if (code === 'CSV_INVALID_CLOSING_QUOTE' || code === 'INVALID_OPENING_QUOTE')
    return refuse('a stray quote', 'put the cell in double quotes, and write a quote in it twice: `""`')
  const isOurs = code.startsWith('CSV_') || /^E[A-Z]+$/.test(code)
  return isOurs ? refuse(`cannot read the CSV: ${messageOf(error)}`) : error
}
