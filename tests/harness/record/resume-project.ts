import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Analysis } from '../../../harness/model/analysis.ts'
import type { ReportInput } from '../../../harness/model/report.ts'
import type { Manifest } from '../../../harness/model/run.ts'
import type { JournalLine, Trial } from '../../../harness/model/trial.ts'
import { Resumption } from '../../../harness/record/resumption.ts'
import { run } from '../../../harness/run.ts'
import type { World } from '../../../harness/world.ts'

/** Leaves a line for every call; what it answers, or how it fails, is written in the prompt. */
const PROVIDER = `import { appendFileSync } from 'node:fs'
export default class Told {
  constructor({ config }) { this.log = config.log }
  id() { return 'told' }
  async callApi(prompt) {
    appendFileSync(this.log, JSON.stringify(prompt) + '\\n')
    if (prompt.includes('BREAK')) return { error: 'broken', metadata: { failure: { kind: 'invalid', message: 'broken' } } }
    if (prompt.includes('grade')) return { output: '{"pass": true, "score": 0.5, "reason": "fine"}', cost: 0.25 }
    return { output: 'said ' + prompt, cost: 0.5, tokenUsage: { prompt: 3, completion: 4, total: 7 } }
  }
}
`

/** A suite on disk that can be run, cut short and resumed in this process. */
export class ResumeProject {
  readonly dir = mkdtempSync(join(tmpdir(), 'assay-resume-'))

  constructor(suite: object) {
    writeFileSync(join(this.dir, 'package.json'), '{"type":"module"}')
    writeFileSync(join(this.dir, 'provider.mjs'), PROVIDER)
    this.write(suite)
  }

  write(suite: object): void {
    writeFileSync(join(this.dir, 'suite.yaml'), JSON.stringify(suite))
  }

  provider(label: string): object {
    return { id: 'file://provider.mjs', label, config: { log: join(this.dir, 'calls.log') } }
  }

  /** The prompts that were asked since the last time this was. */
  takeCalls(): string[] {
    const log = join(this.dir, 'calls.log')
    if (!existsSync(log)) return []
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n')
    rmSync(log)
    return lines.map((line) => JSON.parse(line) as string)
  }

  run(out = 'whole'): Promise<ReportInput> {
    return run({ ...this.#request, out, selection: {} }, this.#world)
  }

  /** A copy of a run as a kill would have left it: its manifest as it began, and these lines of its journal. */
  cut(from: string, to: string, lines: readonly JournalLine[], rest = ''): void {
    rmSync(join(this.dir, to), { recursive: true, force: true })
    mkdirSync(join(this.dir, to))
    const { endedAt, accounts, incomplete, ...begun } = this.manifest(from)
    void [endedAt, accounts, incomplete]
    writeFileSync(join(this.dir, to, 'manifest.json'), JSON.stringify(begun))
    const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
    writeFileSync(join(this.dir, to, 'trials.jsonl'), text + rest)
  }

  copy(from: string, to: string): void {
    cpSync(join(this.dir, from), join(this.dir, to), { recursive: true })
  }

  async resume(out: string, errors = false, recheck = false): Promise<ReportInput> {
    const resumption = await Resumption.begin(join(this.dir, out), this.#world.clock.wallClock)
    try {
      return await run(
        { ...this.#request, selection: {}, resume: { resumption, errors, recheck } },
        this.#world,
      )
    } finally {
      await resumption.end()
    }
  }

  manifest(out: string): Manifest {
    return JSON.parse(readFileSync(join(this.dir, out, 'manifest.json'), 'utf8')) as Manifest
  }

  lines(out: string, name = 'trials.jsonl'): JournalLine[] {
    const file = join(this.dir, out, name)
    if (!existsSync(file)) return []
    const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
    return lines.map((line) => JSON.parse(line) as JournalLine)
  }

  trials(out: string): Trial[] {
    return this.lines(out).filter((line) => line.kind === 'trial')
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true })
  }

  get #request() {
    return { suite: 'suite.yaml', allowOutside: false, cache: false, command: ['assay', 'run'] }
  }

  get #world(): World {
    return {
      cwd: this.dir,
      env: {},
      cacheDir: join(this.dir, '.cache'),
      clock: { now: () => performance.now(), wallClock: () => new Date() },
      random: () => 0.5,
    }
  }
}

/** An analysis without what two runs of one suite never share: times. */
export function figuresOf({ analysis }: ReportInput): unknown {
  const strip = (key: string, value: unknown): unknown =>
    ['p50', 'p95', 'addedMs'].includes(key) ? undefined : value
  const { runId, ...figures } = analysis satisfies Analysis
  void runId
  return JSON.parse(JSON.stringify(figures, strip))
}
