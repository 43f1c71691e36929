import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'

const ASSAY = join(import.meta.dirname, '../../bin/assay.mjs')

/** Variables that hold credentials, or say where some are. */
const CREDENTIALS = /^(?:AWS_|GOOGLE_|GEMINI_|PALM_|OPENAI_|ANTHROPIC_|OLLAMA_)/

/** `assay simulate` as a process of its own. */
export interface SimulateProcess {
  readonly url: string
  /** What sends the vendors' clients to it. */
  readonly env: Readonly<Record<string, string>>
  /** Ends it as Ctrl-C does, and resolves with its exit code. */
  stop(): Promise<number | null>
}

/** Starts it on a port that is free. What it has to say on stderr goes to this process's. */
export async function startSimulate(args: readonly string[]): Promise<SimulateProcess> {
  const child = spawn(process.execPath, [ASSAY, 'simulate', '--port', '0', '--json', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = exitOf(child)
  const lines = createInterface(child.stdout)
  const line = await Promise.race([
    new Promise<string>((resolve) => lines.once('line', resolve)),
    ended.then((code) => Promise.reject(new Error(`assay simulate ended with ${code}`))),
  ])
  const { url, env } = JSON.parse(line) as Pick<SimulateProcess, 'url' | 'env'>
  return {
    url,
    env,
    stop() {
      child.kill('SIGINT')
      return ended
    },
  }
}

/**
 * Runs `assay` with no credentials but those that are no secret: none. Its progress goes to this process's stderr.
 * @returns what it printed
 */
export async function runAssay(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number | null; readonly stdout: string }> {
  const inherited = Object.entries(process.env).filter(([name]) => !CREDENTIALS.test(name))
  const child = spawn(process.execPath, ['--max-semi-space-size=8', '--', ASSAY, ...args], {
    env: {
      ...Object.fromEntries(inherited),
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      AWS_CONFIG_FILE: '/dev/null',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [stdout, code] = await Promise.all([text(child.stdout), exitOf(child)])
  return { code, stdout }
}

/** Null where a signal ended it. */
function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
}
