import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { baselinePlace } from '../../../harness/baseline/location.ts'
import { acceptRun } from '../../../harness/baseline/accept-run.ts'
import type { ComparisonOptions } from '../../../harness/model/run-options.ts'
import type { Selection } from '../../../harness/model/plan.ts'
import { selectionOf } from '../../../harness/record/selection-record.ts'
import type { Manifest } from '../../../harness/model/run.ts'
import type { ReportInput } from '../../../harness/model/report.ts'
import type { AssaySettings } from '../../../harness/model/suite.ts'
import { judgeRecord } from '../../../harness/judge-record.ts'
import type { JournalLine, Trial } from '../../../harness/model/trial.ts'
import { openRecord } from '../../../harness/open-record.ts'
import { openRun } from '../../../harness/record/open-run.ts'
import { makeRedactor } from '../../../harness/record/redact.ts'
import { Resumption } from '../../../harness/record/resumption.ts'
import { run } from '../../../harness/run.ts'
import type { RunEvents } from '../../../harness/run-events.ts'
import type { RunResult } from '../../../harness/run-request.ts'
import type { World } from '../../../harness/world.ts'

/**
 * Answers yes or no as the word before the last `;` of the prompt says: `yes`, `no`, or `p30`, 30 in 100 by the prompt and the number
 * of the repeat. Where the file `drift` is there, `no` is what it says in place of `p…`.
 */
const PROVIDER = `import { appendFileSync, existsSync } from 'node:fs'
import { createHash } from 'node:crypto'
const near = (name) => new URL(name, import.meta.url)
export default class Told {
  id() { return 'told' }
  async callApi(prompt, { repeatIndex }) {
    appendFileSync(near('calls.log'), JSON.stringify({ prompt, repeat: repeatIndex }) + '\\n')
    const [, said] = /(\\w+);[^;]*$/.exec(prompt)
    const draw = createHash('sha256').update(prompt + ' ' + repeatIndex).digest().readUInt16BE(0) / 65536
    const drifted = said.startsWith('p') && existsSync(near('drift'))
    const yes = !drifted && (said === 'yes' || (said.startsWith('p') && draw < Number(said.slice(1)) / 100))
    return { output: yes ? 'yes' : 'no', cost: 0.01 }
  }
}
`

export interface CaseSpec {
  readonly id: string
  /** What the model does with it under the old prompt, and under the new one. */
  readonly old: string
  readonly now: string
  readonly tags?: readonly string[]
  /** The expected answer, \`yes\` by default. */
  readonly expected?: string
}

export interface SuiteSpec {
  readonly cases: readonly CaseSpec[]
  readonly repeat?: number
  /** Which of a case's two words the prompt `p` uses; or there are two prompts, `old` and `now`. */
  readonly prompt: 'old' | 'now' | 'both'
  readonly assay?: object
}

/** A suite on disk with a baseline, run in this process. */
export class RerunProject {
  readonly dir = join(mkdtempSync(join(tmpdir(), 'assay-reruns-')), 'project')
  #next = 0

  constructor(suite: SuiteSpec) {
    this.write('package.json', '{"type":"module"}')
    this.write('provider.mjs', PROVIDER)
    this.suite(suite)
  }

  write(name: string, text: string): void {
    const file = join(this.dir, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  }

  suite({ cases, repeat = 1, prompt, assay = {} }: SuiteSpec): void {
    const tests = cases.map(({ id, old, now, tags, expected = 'yes' }) => ({
      metadata: { id, ...(tags && { tags }) },
      vars: { q: id, old, now },
      assert: [{ type: 'equals', value: expected }],
    }))
    const words = prompt === 'both' ? ['old', 'now'] : [prompt]
    const prompts = words.map((word) => ({
      label: prompt === 'both' ? word : 'p',
      raw: `{{q}}: {{${word}}}; answer`,
    }))
    const providers = [{ id: 'file://provider.mjs', label: 'm' }]
    this.write('suite.yaml', JSON.stringify({ prompts, providers, tests, assay: { repeat, ...assay } }))
  }

  /** Gives the prompt another label, and another text. */
  rename(label: string): void {
    const suite = readFileSync(join(this.dir, 'suite.yaml'), 'utf8')
    this.write('suite.yaml', suite.replace('"label":"p","raw":"', `"label":"${label}","raw":"Now `))
  }

  /** Calls since the last time this was asked. */
  takeCalls(): { readonly prompt: string; readonly repeat: number }[] {
    const log = join(this.dir, 'calls.log')
    if (!existsSync(log)) return []
    const lines = readFileSync(log, 'utf8').trimEnd().split('\n')
    rmSync(log)
    return lines.map((line) => JSON.parse(line) as { prompt: string; repeat: number })
  }

  /** Runs the suite, and accepts the run. */
  async accept(): Promise<void> {
    const { run: accepted } = await this.run({ baseline: 'none' })
    await acceptRun(await openRun(accepted.dir, this.dir), {
      place: baselinePlace(join(this.dir, 'suite.yaml')),
      accepted: { at: '2026-01-01T00:00:00.000Z' },
      replies: true,
      redact: makeRedactor({ env: {} }),
      onWarning() {},
    })
    this.takeCalls()
  }

  run(
    comparison: ComparisonOptions = {},
    { selection = {}, events, out, world, maxCostUsd }: RunOver = {},
  ): Promise<RunResult> {
    const request = {
      ...REQUEST,
      comparison,
      selection,
      out: out ?? `run-${++this.#next}`,
      maxCostUsd,
    }
    return run(request, { ...this.#world, ...world }, events)
  }

  async resume(out: string, comparison: ComparisonOptions = {}): Promise<RunResult> {
    const resumption = await Resumption.begin(join(this.dir, out), this.#world.clock.wallClock)
    const selection = selectionOf(this.manifest(out).options?.selection ?? {})
    try {
      const request = { ...REQUEST, comparison, selection }
      return await run({ ...request, resume: { resumption, errors: false } }, this.#world)
    } finally {
      await resumption.end()
    }
  }

  /** What a record comes to by the suite's settings as they stand: no call. */
  async judge(dir: string): Promise<ReportInput> {
    const suiteFile = join(this.dir, 'suite.yaml')
    const { assay: settings } = JSON.parse(readFileSync(suiteFile, 'utf8')) as { assay: AssaySettings }
    const record = await openRecord(dir, this.dir)
    return judgeRecord({ record, settings, suiteFile, asked: {}, onWarning() {} }, this.#world)
  }

  manifest(out: string): Manifest {
    return JSON.parse(readFileSync(join(this.dir, out, 'manifest.json'), 'utf8')) as Manifest
  }

  lines(out: string): JournalLine[] {
    const lines = readFileSync(join(this.dir, out, 'trials.jsonl'), 'utf8')
      .split('\n')
      .slice(0, -1)
    return lines.map((line) => JSON.parse(line) as JournalLine)
  }

  /** Leaves the first lines of a journal, the last of them torn. */
  cut(out: string, lines: number): void {
    const text = readFileSync(join(this.dir, out, 'trials.jsonl'), 'utf8')
      .split('\n')
      .slice(0, lines)
      .join('\n')
    this.write(join(out, 'trials.jsonl'), text.slice(0, -20))
    for (const name of ['analysis.json', 'verdict.json']) rmSync(join(this.dir, out, name))
  }

  trials(out: string): Trial[] {
    return this.lines(out).filter((line) => line.kind === 'trial')
  }

  exists(name: string): boolean {
    return existsSync(join(this.dir, name))
  }

  /** Leaves of the baseline no more than its scores. */
  removeRecord(): void {
    rmSync(join(this.dir, 'baseline'), { recursive: true })
  }

  remove(): void {
    rmSync(dirname(this.dir), { recursive: true, force: true })
  }

  get #world(): World {
    return {
      cwd: this.dir,
      env: {},
      cacheDir: join(this.dir, '.cache'),
      clock: { now: () => performance.now(), wallClock: () => new Date('2026-01-02T00:00:00.000Z') },
      random: Math.random,
    }
  }
}

interface RunOver {
  readonly selection?: Selection
  readonly events?: RunEvents
  readonly out?: string
  readonly world?: Partial<World>
  readonly maxCostUsd?: number
}

const REQUEST = { suite: 'suite.yaml', allowOutside: false, cache: false, command: ['assay', 'run'] }

/** Cases by number: what the model does with each under the old prompt and the new one. */
export function casesOf(n: number, words: (i: number) => Pick<CaseSpec, 'old' | 'now'>): CaseSpec[] {
  return Array.from({ length: n }, (_, i) => ({ id: `c${String(i).padStart(3, '0')}`, ...words(i) }))
}
