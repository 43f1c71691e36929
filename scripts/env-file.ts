import { readFileSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { HarnessError, messageOf } from '../harness/model/errors.ts'
import type { Io } from './io.ts'

/**
 * Reads `.env` of the working directory (if there is one) and every `--env-file`. What the environment already
 * holds wins over a file; a later file wins over an earlier one.
 */
export function loadEnvFiles(io: Io, files: readonly string[]): void {
  // A folder of that name is a virtual environment of Python's.
  const found = statSync(resolve(io.cwd, '.env'), { throwIfNoEntry: false })
  const defaults = found === undefined || found.isDirectory() ? [] : ['.env']
  const merged: Record<string, string | undefined> = {}
  for (const file of [...defaults, ...files]) Object.assign(merged, readEnvFile(resolve(io.cwd, file)))
  for (const [name, value] of Object.entries(merged)) io.env[name] ??= value
  io.conceal?.({ env: io.env })
}

function readEnvFile(path: string): Record<string, string | undefined> {
  try {
    return parseEnv(readFileSync(path, 'utf8'))
  } catch (cause) {
    throw new HarnessError('usage', `cannot read the env file ${path}: ${messageOf(cause)}`, {
      hint: 'check the path given to --env-file',
      cause,
    })
  }
}
