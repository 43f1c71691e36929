import type { ReportInput } from '../harness/model/report.ts'
import { summarize } from '../reports/summary.ts'
import { worstExitCode } from './exit-code.ts'
import type { Io } from './io.ts'
import type { ReporterRequest } from './reporters.ts'
import { renderReports, writeKeptReports } from './reporters.ts'

/** Writes what the run folder keeps and what was asked for; without a request, the table, unless stdout is for JSON. */
export async function showRun(
  result: ReportInput,
  requests: readonly ReporterRequest[],
  json: boolean,
  io: Io,
): Promise<void> {
  await writeKeptReports(result)
  await renderReports(result, requests.length > 0 || json ? requests : [{ name: 'default' }], io)
}

/** Prints the summaries when `--json` was given (one object, or a list for several suites), and tells the exit code. */
export function concludeRuns(results: readonly ReportInput[], json: boolean, io: Io): number {
  const summaries = results.map(summarize)
  if (json) io.out(`${JSON.stringify(summaries.length === 1 ? summaries[0] : summaries)}\n`)
  return worstExitCode(summaries.map(({ exitCode }) => exitCode))
}
