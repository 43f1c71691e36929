import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { afterAll } from 'vitest'
import type { Manifest } from '../../harness/model/run.ts'
import type { JournalLine, Trial } from '../../harness/model/trial.ts'

export const REPO = resolve(import.meta.dirname, '../..')
const ASSAY = join(REPO, 'bin', 'assay.mjs')

/** How a process ended. */
export interface Ended {
  /** Null when a signal killed it. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A process that runs. `ended` never rejects. */
export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
}

export type Files = Readonly<Record<string, string | Uint8Array>>

interface Options {
  readonly env?: Readonly<Record<string, string>>
  /** Options of Node itself, before the script. */
  readonly nodeArgs?: readonly string[]
  /** No file may grow larger: in blocks of 512 bytes. */
  readonly fileLimit?: number
}

/** Answers with the prompt in capitals, and leaves a line in `calls.log` for every call. */
export const LOGGED_PROVIDER = `import { appendFileSync } from 'node:fs'
export default class Logged {
  id(): string {
    return 'logged'
  }
  async callApi(prompt: string): Promise<{ output: string }> {
    appendFileSync(new URL('calls.log', import.meta.url), prompt + '\\n')
    return { output: prompt.toUpperCase() }
  }
}
`

export const SUITE = `prompts: ['Say {{word}}']
providers: [file://provider.ts]
tests:
  - vars: { word: yes }
    assert: [{ type: contains, value: SAY }]
`

const made: string[] = []
afterAll(() => {
  for (const dir of made.splice(0)) rmSync(dir, { recursive: true, force: true })
})

/** A folder with a suite in it, which is removed when the tests of the file are over. */
export class Project {
  readonly dir: string

  /** A suite and its provider, unless `files` says otherwise, and a package.json: the root no \`file://\` may leave. */
  constructor(files: Files = {}) {
    this.dir = join(mkdtempSync(join(tmpdir(), 'assay-e2e-')), 'project')
    made.push(dirname(this.dir))
    const defaults = {
      'package.json': '{"type":"module"}',
      'suite.yaml': SUITE,
      'provider.ts': LOGGED_PROVIDER,
    }
    for (const [name, content] of Object.entries({ ...defaults, ...files })) this.write(name, content)
  }

  path(name: string): string {
    return join(this.dir, name)
  }

  write(name: string, content: string | Uint8Array): void {
    mkdirSync(dirname(this.path(name)), { recursive: true })
    writeFileSync(this.path(name), content)
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8')
  }

  /** The prompts a provider was called with, in order. */
  get calls(): string[] {
    if (!existsSync(this.path('calls.log'))) return []
    return this.read('calls.log').split('\n').slice(0, -1)
  }

  /** Folders of runs, for a run that was refused: none. */
  get runs(): string[] {
    return this.#foldersIn('runs/*/*').filter((path) => !path.startsWith('runs/roll-up/'))
  }

  /** Folders of what several suites came to together. */
  get rollUps(): string[] {
    return this.#foldersIn('runs/roll-up/*')
  }

  #foldersIn(pattern: string): string[] {
    const found = globSync(pattern, { cwd: this.dir, withFileTypes: true })
    return found
      .filter((entry) => entry.isDirectory())
      .map((entry) => relative(this.dir, join(entry.parentPath, entry.name)))
      .toSorted()
  }

  /** The lines of a run's journal; without a name those of its only run. */
  journal(run = only(this.runs)): JournalLine[] {
    const lines = this.read(join(run, 'trials.jsonl')).trimEnd().split('\n')
    return lines.map((line) => JSON.parse(line) as JournalLine)
  }

  trials(run?: string): Trial[] {
    return this.journal(run).filter((line) => line.kind === 'trial')
  }

  manifest(run = only(this.runs)): Manifest {
    return JSON.parse(this.read(join(run, 'manifest.json'))) as Manifest
  }

  /** Runs the command line to its end, in this folder. */
  assay(args: readonly string[], options?: Options): Promise<Ended> {
    return this.start(args, options).ended
  }

  start(args: readonly string[], { env = {}, nodeArgs = [], fileLimit }: Options = {}): Running {
    const command = [process.execPath, ...nodeArgs, ASSAY, ...args]
    const limited =
      fileLimit === undefined ? command : ['sh', '-c', `ulimit -f ${fileLimit}; exec "$@"`, 'sh', ...command]
    return start(limited[0] ?? '', limited.slice(1), { cwd: this.dir, env })
  }
}

/** Runs a program. Of this process's environment it has nothing but the path: no CI, no colour, no test runner. */
export function start(
  program: string,
  args: readonly string[],
  { cwd, env = {} }: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Running {
  const { PATH = '' } = process.env
  const inherited = { PATH, HOME: dirname(cwd), TMPDIR: tmpdir(), LANG: 'C.UTF-8' }
  const child = spawn(program, args, {
    cwd,
    env: { ...inherited, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const out = collect(child.stdout)
  const err = collect(child.stderr)
  const ended = new Promise<Ended>((done, failed) => {
    child.on('error', failed)
    child.on('close', (code) => done({ code, stdout: out.join(''), stderr: err.join('') }))
  })
  return { child, ended }
}

function collect(stream: NodeJS.ReadableStream): string[] {
  const chunks: string[] = []
  stream.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk))
  return chunks
}

function only(runs: readonly string[]): string {
  const [run] = runs
  if (run === undefined || runs.length > 1) throw new Error(`expected one run, found ${runs.length}`)
  return run
}
