import { resolve } from 'node:path'
import { HarnessError } from '../../harness/model/errors.ts'
import type { Run } from '../../harness/model/run.ts'
import type { Redactor } from '../../harness/record/redact.ts'
import { makeRedactor } from '../../harness/record/redact.ts'
import { readConfig } from '../../harness/suite/config/read-config.ts'
import { loadEnvFiles } from '../env-file.ts'
import type { Io } from '../io.ts'
import { recordedBase } from '../recorded-base.ts'

/**
 * What takes secrets out of what is added to a recorded run: those of the environment, and those that the suite calls so. Where the
 * suite is gone, or cannot be read as it stands, that is told: its own patterns are then not known.
 */
export async function recordRedactor(
  { dir, manifest }: Run,
  io: Io,
  onWarning: (message: string) => void,
): Promise<Redactor> {
  const { file } = manifest.suite
  const { allowOutside = false, envFiles = [] } = manifest.options ?? {}
  const base = recordedBase(file, dir, io.cwd)
  const { env, conceal } = io
  try {
    loadEnvFiles({ ...io, cwd: base ?? io.cwd }, base === undefined ? [] : envFiles)
    if (base === undefined) throw new HarnessError('usage', `there is no ${file}`)
    const { secrets, document } = await readConfig(resolve(base, file), { env, allowOutside, conceal })
    return makeRedactor({ env, secrets, patterns: document.assay?.redact })
  } catch (error) {
    if (!(error instanceof HarnessError)) throw error
    onWarning(
      `what the suite of the run calls a secret is not known (${error.message}): notes are kept without its patterns`,
    )
    return makeRedactor({ env })
  }
}
