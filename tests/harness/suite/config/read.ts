import { join } from 'node:path'
import type { SuiteConfig } from '../../../../harness/suite/config/read-config.ts'
import { readConfig } from '../../../../harness/suite/config/read-config.ts'
import { project } from './mistake.ts'

/** Reads a suite out of a fresh project with these files. `test(n)` is its n-th test, from 0. */
export async function read(
  files: Record<string, string>,
  env: Record<string, string> = {},
  name = 'suite.yaml',
): Promise<SuiteConfig & { test: (index: number) => Record<string, object> }> {
  const config = await readConfig(join(project(files), name), { env, allowOutside: false })
  return { ...config, test: (index) => (config.document.tests as Record<string, object>[])[index]! }
}
