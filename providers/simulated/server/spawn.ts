import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { SimulatedServerOptions } from './start.ts'
import type { Step } from './step.ts'

/** What can be handed to another process. */
export interface SpawnOptions extends Omit<SimulatedServerOptions, 'script' | 'clock'> {
  /** How every request is answered. */
  readonly step?: Step | undefined
}

export interface SpawnedServer extends AsyncDisposable {
  readonly url: string
  stop(): Promise<void>
}

/** Starts the simulated server in a process of its own, without this one's Node options and environment. */
export async function spawnSimulatedServer(options: SpawnOptions = {}): Promise<SpawnedServer> {
  const main = fileURLToPath(
    new URL(`main${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url),
  )
  const child = fork(main, [JSON.stringify(options)], { execArgv: [], env: { PATH: process.env['PATH'] } })
  const { url } = await new Promise<{ url: string }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { url: string }))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the simulated server ended with ${code}`)))
  })
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.disconnect()
    await ended
  }
  return { url, stop, [Symbol.asyncDispose]: stop }
}
