import { homedir } from 'node:os'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cacheDir } from '../harness/record/cache-dir.ts'
import type { World } from '../harness/world.ts'
import type { Io } from './io.ts'

const ROOT = join(import.meta.dirname, '..')

/** The providers that come with assay, by the part of their id before the colon. */
const BUILTIN: World['builtin'] = {
  simulated: async () => (await import('../providers/simulated/index.ts')).default,
}

/** The real clock, environment and randomness. */
export function realWorld(io: Io, signals: Pick<World, 'stop' | 'abort'> = {}): World {
  // Compiled, this file is in dist/scripts/: then it is no checkout.
  const checkout = existsSync(join(ROOT, 'tsconfig.json')) ? ROOT : undefined
  return {
    cwd: io.cwd,
    env: io.env,
    cacheDir: cacheDir(io.env, homedir(), checkout),
    clock: { now: () => performance.now(), wallClock: () => new Date() },
    random: () => Math.random(),
    builtin: BUILTIN,
    watchdogMs: milliseconds(io.env['ASSAY_WATCHDOG_MS']),
    ...signals,
  }
}

function milliseconds(value: string | undefined): number | undefined {
  const number = Number(value)
  return number > 0 ? number : undefined
}
