import { basename } from 'node:path'
import type { PriceEntry, PriceOverlay } from '../model/price-overlay.ts'
import type { AssaySettings } from '../model/suite.ts'
import { datesToText } from './config/dates.ts'
import { parseYamlFile } from './config/parse-yaml.ts'
import { locate } from './config/positions.ts'
import { pricesSchema } from './config/schema/prices.ts'
import { validate } from './config/schema/validate.ts'
import type { Reading } from './reading.ts'
import { resolveFile } from './reading.ts'

/** Hex digits of the digest that a record shows. */
const DIGEST = 12

/**
 * The prices of one's own that `assay.prices` names, if it does. Their file is one of the suite's: what a run costs depends on it.
 * @throws HarnessError `suite` for a file that is not there, and for every mistake in it
 */
export function readPrices(assay: AssaySettings, reading: Reading): PriceOverlay | undefined {
  if (assay.prices === undefined) return undefined
  const at = locate(assay, 'prices') ?? { file: reading.file, line: 1 }
  const file = resolveFile(reading, assay.prices, at)
  const written = parseYamlFile(file, reading.ledger.readText(file, at))
  datesToText(written)
  validate(pricesSchema, written, { file, line: 1, column: 1 })
  const { prices } = written as { prices: readonly PriceEntry[] }
  return { name: basename(file), digest: reading.ledger.digest(file).slice(0, DIGEST), entries: prices }
}
