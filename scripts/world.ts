import { homedir } from 'node:os'
import { cacheDir } from '../harness/record/cache-dir.ts'
import type { World } from '../harness/world.ts'
import { BUILTIN } from './builtin.ts'
import type { Io } from './io.ts'

/** The real clock, environment and randomness. */
export function realWorld(
  io: Pick<Io, 'env' | 'cwd' | 'conceal'>,
  signals: Pick<World, 'stop' | 'abort'> = {},
): World {
  return {
    cwd: io.cwd,
    env: io.env,
    cacheDir: cacheDir(io.env, homedir()),
    clock: { now: () => performance.now(), wallClock: () => new Date() },
    random: () => Math.random(),
    builtin: BUILTIN,
    conceal: io.conceal,
    watchdogMs: milliseconds(io.env['ASSAY_WATCHDOG_MS']),
    ...signals,
  }
}

function milliseconds(value: string | undefined): number | undefined {
  const number = Number(value)
  return number > 0 ? number : undefined
}
