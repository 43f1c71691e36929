import { isAbsolute, resolve } from 'node:path'
import { globSync, hasMagic } from 'glob'
import type { SourceLocation } from '../model/source.ts'
import type { Reading } from './reading.ts'
import { resolveFile } from './reading.ts'

/** True when a path is a pattern: `*`, `?`, `[…]`. */
export function isGlob(path: string): boolean {
  return hasMagic(path)
}

/**
 * Absolute paths of the files that a pattern matches, sorted; none is no error.
 * @throws HarnessError `suite` when a match lies outside the project
 */
export function expandGlob(
  reading: Reading,
  pattern: string,
  at?: SourceLocation,
  dir = reading.dir,
): string[] {
  const matches = globSync(isAbsolute(pattern) ? pattern : resolve(dir, pattern), {
    windowsPathsNoEscape: true,
    nodir: true,
  })
  return matches.sort().map((match) => resolveFile(reading, match, at, dir))
}
