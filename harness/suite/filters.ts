import type { SuiteDocument } from './config/read-config.ts'
import { fail } from './config/fail.ts'
import { locate } from './config/positions.ts'
import { expandGlob } from './expand-glob.ts'
import type { Reading } from './reading.ts'
import type { Filters } from './templates.ts'
import { importUserFile } from './user-code.ts'

/**
 * The suite's own nunjucks filters, imported: the default export of the file that each name stands for.
 * @throws HarnessError `suite` when the file is missing or exports no function
 */
export async function readFilters(document: SuiteDocument, reading: Reading): Promise<Filters> {
  const filters: Filters = {}
  const written = document.nunjucksFilters ?? {}
  for (const [name, path] of Object.entries(written)) {
    const at = locate(written, name) ?? { file: reading.file, line: 1 }
    const files = expandGlob(reading, path.replace(/^file:\/\//, ''), at)
    const file = files.at(-1)
    if (file === undefined) throw fail('suite', `the filter \`${name}\`: file not found: ${path}`, at)
    reading.ledger.digest(file, at)
    const filter = await importUserFile(file, at)
    if (typeof filter !== 'function')
      throw fail('suite', `the filter \`${name}\`: ${path} has no default export that is a function`, at)
    filters[name] = filter as Filters[string]
  }
  return filters
}
