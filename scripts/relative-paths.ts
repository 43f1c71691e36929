import { parse, sep } from 'node:path'

/** What may stand in a path in front of a part that only looks like the working directory. */
const IN_PATH = /[\p{L}\p{N}._~/\\-]/u

/** The text with paths below the working directory shortened to what a person would type. */
export function relativePaths(text: string, cwd: string): string {
  // Below the root lies everything, and its name is in every path.
  if (cwd === parse(cwd).root) return text
  const [first = '', ...parts] = text.split(cwd + sep)
  return parts.reduce(
    (short, part) => short + (IN_PATH.test(short.at(-1) ?? '') ? cwd + sep : '') + part,
    first,
  )
}
