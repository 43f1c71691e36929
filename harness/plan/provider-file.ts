import { readFile } from 'node:fs/promises'
import { dirname, relative, sep } from 'node:path'
import { HarnessError, messageOf } from '../model/errors.ts'
import type { ProviderSpec } from '../model/suite.ts'
import { shortDigest } from '../suite/cases/identity.ts'
import { moduleFiles } from '../suite/module-files.ts'

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
  // Read once more by itself: a file that is not there is the user's mistake, an import that is not there the loader's to tell.
  await readText(path, spec)
  return moduleFiles(path, (file) => file.startsWith(folder + sep))
}

async function readText(file: string, spec: ProviderSpec): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new HarnessError('suite', `cannot read the provider file ${file}: ${messageOf(error)}`, {
      at: spec.at,
      cause: error,
    })
  }
}
