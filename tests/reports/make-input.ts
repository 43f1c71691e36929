import { createAnalyzer } from '../../harness/analyze/analyzer.ts'
import { addAll } from '../harness/analyze/make-trial.ts'
import { decide } from '../../harness/decide.ts'
import type { ReportInput } from '../../harness/model/report.ts'
import type { Manifest } from '../../harness/model/run.ts'
import type { AssaySettings } from '../../harness/model/suite.ts'
import type { Call, Trial } from '../../harness/model/trial.ts'

interface Parts {
  readonly trials: Iterable<Trial>
  /** Calls besides those of the trials, as graders are. */
  readonly calls?: readonly Call[]
  readonly planned?: number
  readonly settings?: AssaySettings
  readonly manifest?: Partial<Manifest>
}

/** What a renderer is given of a run with these trials: the real analysis and verdict of them. */
export function makeInput({ trials, calls = [], planned, settings = {}, manifest = {} }: Parts): ReportInput {
  const list = [...trials]
  const columns = new Map(list.map(({ cell }) => [`${cell.prompt}|${cell.provider}`, cell]))
  const cells = planned ?? list.length
  const analyzer = createAnalyzer({ runId: 'run-1', columns: [...columns.values()], planned: cells })
  addAll(analyzer, list)
  for (const call of calls) analyzer.addCall(call)
  const analysis = analyzer.finish()
  const run = {
    dir: 'runs/sentiment/run-1',
    manifest: makeManifest({
      cells: { planned: cells, cases: new Set(list.map((t) => t.cell.caseId)).size },
      ...manifest,
    }),
    async *trials() {
      yield* list
    },
  }
  return { run, analysis, verdict: decide(settings, analysis, run.manifest.incomplete) }
}

export function makeManifest(parts: Partial<Manifest> = {}): Manifest {
  return {
    v: 1,
    id: 'run-1',
    suite: { name: 'sentiment', file: 'suites/sentiment/suite.yaml', hash: 'abc123' },
    files: {},
    columns: [],
    providers: [],
    prompts: [],
    cells: { planned: 0, cases: 0 },
    repeat: 1,
    versions: { assay: '0.1.0' },
    machine: { cpus: 2 },
    command: ['assay', 'run', 'suites/sentiment/suite.yaml'],
    startedAt: '2026-11-23T10:00:00.000Z',
    endedAt: '2026-11-23T10:00:42.000Z',
    ...parts,
  }
}

/** Everything in a run as a renderer gives it. */
export async function text(chunks: AsyncIterable<string>): Promise<string> {
  let whole = ''
  for await (const chunk of chunks) whole += chunk
  return whole
}
