import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

const RELATIVE_IMPORT = /\b(?:from|import)\s*\(?\s*['"](\.[^'"\n]+)['"]/g

/**
 * The texts of a module and of the files it imports by a relative path, and they in turn, by absolute path; the module itself first.
 * A file that cannot be read, as an import without its extension, is left out: the loader will say so.
 * @param isOurs of an absolute path: false for one that is not followed
 */
export function moduleFiles(entry: string, isOurs: (path: string) => boolean): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  const waiting = [entry]
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (texts.has(file)) continue
    const text = textOf(file)
    if (text === undefined) continue
    texts.set(file, text)
    for (const [, specifier = ''] of text.matchAll(RELATIVE_IMPORT)) {
      const imported = resolve(dirname(file), specifier)
      if (isOurs(imported)) waiting.push(imported)
    }
  }
  return texts
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
