/** `npm run check`: format, lint, types, unused code and the import table, side by side. Prints each tool's output only when it fails. */
import { spawn } from 'node:child_process'

interface Step {
  readonly name: string
  readonly command: readonly [string, ...string[]]
}

const STEPS: readonly Step[] = [
  { name: 'format', command: ['oxfmt', '--check'] },
  { name: 'lint', command: ['oxlint', '--deny-warnings'] },
  { name: 'types', command: ['tsc'] },
  { name: 'types of the page', command: ['tsc', '--noEmit', '-p', 'reports/html/page'] },
  { name: 'unused', command: ['knip'] },
  { name: 'architecture', command: ['vitest', 'run', '--reporter=default', 'tests/architecture'] },
]

function runStep(step: Step): Promise<boolean> {
  const started = performance.now()
  const [program, ...args] = step.command
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] })
  const output: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk))
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk))
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`✗ ${step.name}: ${error.message}. Run "npm ci", then "npm run check".`)
      resolve(false)
    })
    child.on('close', (code) => {
      const seconds = ((performance.now() - started) / 1000).toFixed(1)
      console.log(`${code === 0 ? '✓' : '✗'} ${step.name} (${seconds} s)`)
      if (code !== 0) console.log(Buffer.concat(output).toString())
      resolve(code === 0)
    })
  })
}

const results = await Promise.all(STEPS.map(runStep))
process.exitCode = results.every(Boolean) ? 0 : 1
