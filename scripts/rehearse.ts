/**
 * `npm run rehearse`: the suites of the cloud, through the vendors' real SDKs, against `assay simulate`: no key, no network. With
 * `--faults` a share of the requests fails at first. Ends with 0 when the runs are whole and no call was made twice. Whatever
 * follows is for `assay run`: `npm run rehearse -- --faults --sample 20`.
 */
import { readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import type { JournalLine } from '../harness/model/trial.ts'
import type { LoggedCall } from '../providers/simulated/server/call-log.ts'
import { count } from '../reports/format/figures.ts'
import type { Summary } from '../reports/summary.ts'
import { runAssay, startSimulate } from './rehearse/processes.ts'
import type { Rehearsed, RehearsedCell, Tally } from './rehearse/tally.ts'
import { tally } from './rehearse/tally.ts'

const SUITES = ['suite.bedrock.yaml', 'suite.gemini.yaml'].map((name) =>
  relative(process.cwd(), join(import.meta.dirname, '../suites/sentiment', name)),
)

const args = process.argv.slice(2)
const withFaults = args.includes('--faults')
const server = await startSimulate(withFaults ? ['--faults'] : [])
try {
  process.exitCode = await rehearse(args.filter((arg) => arg !== '--faults'))
} finally {
  if ((await server.stop()) !== 0) process.exitCode ||= 1
}

async function rehearse(forRun: readonly string[]): Promise<number> {
  const { code, stdout } = await runAssay(
    ['run', ...SUITES, '--no-cache', '--json', '--reporter', 'default', ...forRun],
    server.env,
  )
  const [table, summaries] = splitSummary(stdout)
  process.stdout.write(table)
  // It has said why there is none.
  if (summaries === '') return code || 1
  const calls = (await (await fetch(`${server.url}/simulate/calls`)).json()) as LoggedCall[]
  const seen = tally(calls, rehearsedIn(JSON.parse(summaries) as Summary[]))
  console.log(describe(seen, calls))
  return code || (isWhole(seen) ? 0 : 1)
}

/** The summary is the last line. */
function splitSummary(stdout: string): [string, string] {
  const at = stdout.trimEnd().lastIndexOf('\n') + 1
  return [stdout.slice(0, at), stdout.slice(at)]
}

function rehearsedIn(summaries: readonly Summary[]): Rehearsed {
  return {
    planned: summaries.reduce((sum, { cells }) => sum + cells.planned, 0),
    cells: summaries.flatMap(({ run }) => cellsIn(resolve(run.dir))),
  }
}

function cellsIn(dir: string): RehearsedCell[] {
  const lines = readFileSync(join(dir, 'trials.jsonl'), 'utf8').trimEnd().split('\n')
  return lines
    .map((line) => JSON.parse(line) as JournalLine)
    .filter((line) => line.kind === 'trial')
    .map(({ cell, request, outcome }) => ({
      id: cell.id,
      provider: `${dir} ${cell.provider}`,
      prompt: request.prompt,
      isErrored: outcome === 'errored',
    }))
}

function isWhole({ lost, twice, errored, faults }: Tally): boolean {
  return lost === 0 && twice === 0 && errored === 0 && faults > 0 === withFaults
}

/** `4,912 calls, 4,680 replies, 0 lost, 0 called twice` */
function describe({ calls, replies, lost, twice, errored }: Tally, log: readonly LoggedCall[]): string {
  const faults = Map.groupBy(
    log.filter(({ replied }) => !replied),
    ({ given }) => given,
  )
  const kinds = [...faults].toSorted(([left], [right]) => (left < right ? -1 : 1))
  return [
    `${count(calls)} calls, ${count(replies)} replies, ${count(lost)} lost, ${count(twice)} called twice`,
    ...(errored > 0 ? [`${count(errored)} errored`] : []),
    ...(kinds.length > 0
      ? [`faults: ${kinds.map(([kind, { length }]) => `${count(length)} × ${kind}`).join(', ')}`]
      : []),
  ].join('\n')
}
