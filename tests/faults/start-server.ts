import { fork } from 'node:child_process'
import { join } from 'node:path'
import type { Listening } from './server/main.ts'
import type { Logged, Script } from './server/script.ts'

const MAIN = join(import.meta.dirname, 'server/main.ts')

/** The fault server, as a test or a benchmark holds it. */
export interface FaultServer extends Listening, AsyncDisposable {
  /** The environment its provider looks for it in. */
  readonly env: Readonly<Record<string, string>>
  /** Every call so far, in the order they came. */
  log(): Promise<readonly Logged[]>
  /** Resolves once so many calls have come. `signal` gives up waiting: then it rejects. */
  reached(calls: number, signal?: AbortSignal): Promise<void>
  /** Goes on with another script; the log stays. */
  follow(script: Script): Promise<void>
  stop(): Promise<void>
}

/** Starts the server in a process of its own, without this one's Node options. */
export async function startServer(script: Script = {}): Promise<FaultServer> {
  const child = fork(MAIN, [JSON.stringify(script)], { execArgv: [], env: { PATH: process.env['PATH'] } })
  const listening = await new Promise<Listening>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Listening))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the fault server ended with ${code}`)))
  })
  const { url, secureUrl } = listening
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
  }
  return {
    ...listening,
    env: { FAULTS_URL: url, FAULTS_SECURE_URL: secureUrl },
    async log() {
      return (await (await fetch(`${url}/log`)).json()) as Logged[]
    },
    async reached(calls, signal) {
      await fetch(`${url}/reached/${calls}`, { signal: signal ?? null })
    },
    async follow(next) {
      await fetch(`${url}/script`, { method: 'PUT', body: JSON.stringify(next) })
    },
    stop,
    [Symbol.asyncDispose]: stop,
  }
}
