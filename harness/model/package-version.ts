import { readFile } from 'node:fs/promises'
import { findPackageJSON } from 'node:module'

/**
 * The version that the package.json of a package states, without loading the package. `..` is assay's own. Undefined where it
 * cannot be told.
 */
export async function packageVersion(specifier: string): Promise<string | undefined> {
  try {
    const file = findPackageJSON(specifier, import.meta.url)
    if (file === undefined) return undefined
    const json: unknown = JSON.parse(await readFile(file, 'utf8'))
    if (typeof json !== 'object' || json === null || !('version' in json)) return undefined
    return typeof json.version === 'string' ? json.version : undefined
  } catch {
    return undefined
  }
}
