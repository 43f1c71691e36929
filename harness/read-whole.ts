import { runBeforeAll } from './execute/before-all.ts'
import type { Suite } from './model/suite.ts'
import type { RunRequest } from './run-request.ts'
import { readSuite } from './suite/read.ts'
import type { World } from './world.ts'

/** A suite as it is run: read, and changed by its own `beforeAll` hooks. */
export async function readWhole(
  { suite, allowOutside }: Pick<RunRequest, 'suite' | 'allowOutside'>,
  { env, cwd, builtin, conceal }: World,
): Promise<Suite> {
  const written = await readSuite(suite, { env, cwd, allowOutside, builtin, conceal })
  return runBeforeAll(written, { env, cwd })
}
