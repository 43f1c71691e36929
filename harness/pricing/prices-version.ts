import { packageVersion } from '../model/package-version.ts'
import type { PriceOverlay } from '../model/price-overlay.ts'

const PACKAGE = '@pydantic/genai-prices'

/** What prices come from, for the record: the table's package and version, and the overlay's name and digest. Loads neither. */
export async function pricesVersion(overlay?: PriceOverlay): Promise<string> {
  const version = await packageVersion(PACKAGE)
  const table = version === undefined ? PACKAGE : `${PACKAGE} ${version}`
  return overlay === undefined ? table : `${table}, ${overlay.name} ${overlay.digest}`
}
