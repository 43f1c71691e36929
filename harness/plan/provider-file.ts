import { readFile } from 'node:fs/promises'
import { dirname, relative, resolve, sep } from 'node:path'
import { HarnessError, messageOf } from '../model/errors.ts'
import type { ProviderSpec } from '../model/suite.ts'
import { shortDigest } from '../suite/cases/identity.ts'

const RELATIVE_IMPORT = /\b(?:from|import)\s*\(?\s*['"](\.[^'"\n]+)['"]/g

/**
 * Content hash of a provider's file together with the files it imports from its own folder (and below): changing any
 * of them changes the model that is measured. What it imports from elsewhere (packages, shared code of the project) is
 * left out, so that an upgrade of a library does not make every recorded reply a stranger.
 * @throws HarnessError `suite` when the provider's file cannot be read.
 */
export async function hashProviderFile(spec: ProviderSpec, path: string): Promise<string> {
  const folder = dirname(path)
  const texts = await providerFiles(spec, path)
  const parts = [...texts].map(([file, text]) => [relative(folder, file), text] as const)
  // The entry comes first under an empty name, so that renaming it changes nothing.
  const named = parts.map(([name, text], index) => (index === 0 ? ['', text] : [name, text]))
  return shortDigest(JSON.stringify(named.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1))))
}

/** The texts that the hash is of by their absolute paths, the provider's own file first. @throws as `hashProviderFile` does */
export async function providerFiles(spec: ProviderSpec, path: string): Promise<ReadonlyMap<string, string>> {
  const folder = dirname(path)
  const texts = new Map<string, string>()
  const waiting = [path]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (texts.has(file)) continue
    const text = await readText(file, spec, file === path)
    if (text === undefined) continue
    texts.set(file, text)
    for (const [, specifier = ''] of text.matchAll(RELATIVE_IMPORT)) {
      const imported = resolve(dirname(file), specifier)
      if (imported.startsWith(folder + sep)) waiting.push(imported)
    }
  }
  return texts
}

/** Undefined for an import that is not there as written: the loader will say so, and it is not ours to resolve. */
async function readText(file: string, spec: ProviderSpec, isEntry: boolean): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if (!isEntry) return undefined
    throw new HarnessError('suite', `cannot read the provider file ${file}: ${messageOf(error)}`, {
      at: spec.at,
      cause: error,
    })
  }
}
