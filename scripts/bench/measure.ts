import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** One run of a whole process. */
export interface Measured {
  readonly wallMs: number
  /** Peak resident memory in MiB of its largest process. */
  readonly peakMiB: number
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

const HOOK = pathToFileURL(join(import.meta.dirname, 'peak-memory.mjs')).href

/** Runs `node ...args` to its end and measures it from outside. */
export async function measure(
  args: readonly string[],
  cwd: string,
  env: Record<string, string> = {},
): Promise<Measured> {
  const dir = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  const memoryFile = join(dir, 'memory')
  const started = performance.now()
  const child = spawn(process.execPath, [...args], {
    cwd,
    env: {
      ...process.env,
      ...env,
      CI: '1',
      NODE_OPTIONS: `--import=${HOOK}`,
      ASSAY_BENCH_MEMORY: memoryFile,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  const exitCode = await new Promise<number | null>((resolve, reject) =>
    child.on('error', reject).on('close', resolve),
  )
  const wallMs = performance.now() - started
  const peaks = readFileSync(memoryFile, 'utf8').trim().split('\n').map(Number)
  rmSync(dir, { recursive: true })
  return { wallMs, peakMiB: Math.max(...peaks) / 1024, exitCode, stdout, stderr }
}

/** Measures `runs` times and keeps the median of each figure. Throws when a run does not end with `expectedExit`. */
export async function medianOf(
  runs: number,
  once: () => Promise<Measured>,
  expectedExit = 0,
): Promise<Measured> {
  const all: Measured[] = []
  for (let run = 0; run < runs; run++) {
    const measured = await once()
    if (measured.exitCode !== expectedExit) {
      throw new Error(`exit ${measured.exitCode}, expected ${expectedExit}\n${measured.stderr.slice(-2000)}`)
    }
    all.push(measured)
  }
  const first = all[0]
  if (first === undefined) throw new RangeError('runs must be at least 1')
  return {
    ...first,
    wallMs: median(all.map((measured) => measured.wallMs)),
    peakMiB: median(all.map((measured) => measured.peakMiB)),
  }
}

/** The middle value; the mean of the two middle ones of an even count. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? Number.NaN
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + upper) / 2 : upper
}
