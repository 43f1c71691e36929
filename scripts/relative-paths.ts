import { sep } from 'node:path'

/** The text with paths below the working directory shortened to what a person would type. */
export function relativePaths(text: string, cwd: string): string {
  return text.replaceAll(`${cwd}${cwd.endsWith(sep) ? '' : sep}`, '')
}
