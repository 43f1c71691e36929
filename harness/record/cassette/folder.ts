import path from 'node:path'
import { shortDigest } from '../../suite/cases/identity.ts'

/** Answers of graders, whichever column they were asked for: no column's file can be called so. */
export const GRADERS_FILE = 'graders.jsonl'

/** Names that every file system takes as they are, and none takes for another. */
const PLAIN = /^[a-z0-9][a-z0-9._-]{0,59}$/

/**
 * Where a suite's cassette lies: `cassette/` beside `suite.yaml`, `cassette/X/` for `suite.X.yaml`; for any other
 * file `cassette/` and its whole name (`cassette/promptfooconfig.yaml/`), so that suites that share a folder never
 * share a cassette.
 */
export function cassetteDir(suiteFile: string): string {
  const { dir, base } = path.parse(suiteFile)
  const variant = /^suite(?:\.(?<name>.+))?\.(?:ya?ml|json)$/i.exec(base)
  return path.join(dir, 'cassette', variant === null ? base : (variant.groups?.['name'] ?? ''))
}

/**
 * Name of a column's file: `few-shot--sonnet.jsonl`. Keys a file name cannot hold as they are (a path, a capital,
 * which some file systems do not tell apart) are made plain, and told apart by a hash of what they were.
 */
export function columnFile(promptKey: string, providerKey: string): string {
  const keys = [promptKey, providerKey]
  const name = keys.map(plain).join('--')
  const isPlain = keys.every((key) => PLAIN.test(key) && !key.includes('--') && !key.endsWith('-'))
  return isPlain ? `${name}.jsonl` : `${name}-${shortDigest(JSON.stringify(keys)).slice(0, 8)}.jsonl`
}

function plain(key: string): string {
  const name = key
    .toLowerCase()
    .replaceAll(/[^a-z0-9._]+/g, '-')
    .replaceAll(/^[-.]+|-+$/g, '')
  return name.slice(0, 60) || 'x'
}
