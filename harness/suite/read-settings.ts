import { resolve } from 'node:path'
import type { AssaySettings } from '../model/suite.ts'
import { readConfig } from './config/read-config.ts'
import type { ReadOptions } from './read.ts'

/**
 * The `assay:` key of a suite as it stands now: what a recorded run is decided by. Neither prompts nor datasets are read.
 * @throws HarnessError `usage` for a suite that is not there, `suite` for a mistake in it
 */
export async function readSettings(
  file: string,
  { env, allowOutside = false, cwd, conceal }: ReadOptions,
): Promise<AssaySettings> {
  const { document } = await readConfig(resolve(cwd, file), { env, allowOutside, conceal })
  return document.assay ?? {}
}
