/**
 * The simulated server in a process of its own, so that it disturbs no clock of whoever measures, and is not disturbed:
 * `spawn.ts` starts it. Its options are its only argument, in JSON.
 */
import type { SpawnOptions } from './spawn.ts'
import { startSimulatedServer } from './start.ts'

const { step, ...options } = JSON.parse(process.argv[2] ?? '{}') as SpawnOptions
const server = await startSimulatedServer({ ...options, ...(step !== undefined && { script: () => step }) })
process.on('disconnect', () => void server.close())
process.send?.({ url: server.url })
