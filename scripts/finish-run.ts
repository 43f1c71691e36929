import type { ReportInput } from '../harness/model/report.ts'
import { headlineOf } from '../reports/format/headline.ts'
import { summarize } from '../reports/summary.ts'
import { INTERRUPTED, worstExitCode } from './exit-code.ts'
import type { Io } from './io.ts'
import type { ReporterRequest } from './reporters.ts'
import { KEPT, renderReports, writeKeptReports } from './reporters.ts'

/** Writes what the run folder keeps and what was asked for; without a request, the table, unless stdout is for JSON. */
export async function showRun(
  result: ReportInput,
  requests: readonly ReporterRequest[],
  json: boolean,
  io: Io,
): Promise<void> {
  await writeKeptReports(result)
  await renderReports(result, requests.length > 0 || json ? requests : [{ name: 'default' }], io, KEPT)
}

interface Asked {
  readonly suites: number
  readonly json: boolean
  /** Suites that were begun; the others were kept from it by Ctrl-C. */
  readonly begun: number
  /** Exit codes of what went wrong meanwhile, told of already. */
  readonly broken?: readonly number[]
}

/**
 * Prints the summaries when `--json` was given (one object, or a list where several suites were asked for), names what
 * is left to finish, and tells the exit code.
 */
export function concludeRuns(
  results: readonly ReportInput[],
  { suites, json, begun, broken = [] }: Asked,
  io: Io,
): number {
  const summaries = results.map(summarize)
  const printed = suites === 1 ? summaries[0] : summaries
  if (json && printed !== undefined) io.out(`${JSON.stringify(printed)}\n`)
  for (const result of results) {
    const resume = headlineOf({ ...result, terminal: { ...io.terminal, cwd: io.cwd } })?.resume
    if (resume !== undefined) io.err(`finish the run: ${resume}\n`)
  }
  const codes = [...summaries.map(({ exitCode }) => exitCode), ...broken]
  return begun < suites ? INTERRUPTED : worstExitCode(codes)
}
