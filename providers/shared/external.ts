import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import { ConfigError, messageOf } from '../../harness/model/errors.ts'

/** Where a config stands: who is named in its errors, and what relative paths start from. */
export interface Home {
  readonly provider: string
  readonly basePath: string
}

/**
 * What `file://tools.json` holds, and everything else as it is; in a list the files' lists are joined.
 * @param path leads to the value, from `config` on
 * @throws ConfigError for a file that is not there or is neither JSON nor YAML, and for text that names none
 */
export function external(value: unknown, path: readonly (string | number)[], home: Home): unknown {
  if (Array.isArray(value)) {
    return value.flatMap((item, index) =>
      typeof item === 'string' ? external(item, [...path, index], home) : [item],
    )
  }
  if (typeof value !== 'string') return value
  const place = `${home.provider}: config.${path.join('.')}`
  if (!value.startsWith('file://') || /\.(?:[cm]?[jt]s|py)(?::|$)/.test(value)) {
    throw new ConfigError(
      `${place}: expected what it says itself, or a \`file://\` of JSON or YAML`,
      path,
      false,
    )
  }
  const file = value.startsWith('file:///')
    ? fileURLToPath(value)
    : resolve(home.basePath, value.slice('file://'.length))
  try {
    return parse(readFileSync(file, 'utf8')) as unknown
  } catch (error) {
    throw new ConfigError(`${place}: ${messageOf(error)}`, path, false)
  }
}
