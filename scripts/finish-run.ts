import type { ReportInput } from '../harness/model/report.ts'
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

/**
 * Prints the summaries when `--json` was given (one object, or a list where several suites were asked for), and tells
 * the exit code. A suite that was not run was kept from it by Ctrl-C.
 */
export function concludeRuns(
  results: readonly ReportInput[],
  { suites, json }: { readonly suites: number; readonly json: boolean },
  io: Io,
): number {
  const summaries = results.map(summarize)
  if (json) io.out(`${JSON.stringify(suites === 1 ? summaries[0] : summaries)}\n`)
  return results.length < suites ? INTERRUPTED : worstExitCode(summaries.map(({ exitCode }) => exitCode))
}
