import { dirname } from 'node:path'
import type { ReportInput } from '../harness/model/report.ts'
import { withSurroundings } from '../harness/report-input.ts'
import { headlineOf } from '../reports/format/headline.ts'
import { summarize } from '../reports/summary.ts'
import { INTERRUPTED, worstExitCode } from './exit-code.ts'
import { writeHistoryIndex } from './history-index.ts'
import type { Io } from './io.ts'
import type { ReporterRequest } from './reporters.ts'
import { KEPT, renderReports, writeKeptReports } from './reporters.ts'

/** Writes what the run folder keeps, and what is to be shown. */
export async function showRun(
  result: ReportInput,
  requests: readonly ReporterRequest[],
  io: Io,
): Promise<void> {
  const warn = (message: string): void => io.err(`warning: ${message}\n`)
  const input = await withSurroundings(result, warn)
  await writeKeptReports(input)
  if (input.history !== undefined) await writeHistoryIndex(input.history, dirname(input.run.dir), warn)
  await renderReports(input, requests, io, KEPT)
}

interface Ended {
  readonly suites: number
  /** Suites that were begun; the others were kept from it by Ctrl-C. */
  readonly begun: number
  /** Exit codes of what went wrong meanwhile, told of already. */
  readonly broken?: readonly number[]
}

/** The exit code of a command, by the runs it came to. */
export function exitCodeOf(results: readonly ReportInput[], { suites, begun, broken = [] }: Ended): number {
  const codes = [...results.map((result) => summarize(result).exitCode), ...broken]
  return begun < suites ? INTERRUPTED : worstExitCode(codes)
}

/**
 * Prints the summaries when `--json` was given (one object, or a list where several suites were asked for), names what
 * is left to finish, and tells the exit code.
 */
export function concludeRuns(
  results: readonly ReportInput[],
  { json, ...ended }: Ended & { readonly json: boolean },
  io: Io,
): number {
  const summaries = results.map(summarize)
  const printed = ended.suites === 1 ? summaries[0] : summaries
  if (json && printed !== undefined) io.out(`${JSON.stringify(printed)}\n`)
  for (const result of results) {
    const resume = headlineOf({ ...result, terminal: { ...io.terminal, cwd: io.cwd } })?.resume
    if (resume !== undefined) io.err(`finish the run: ${resume}\n`)
  }
  return exitCodeOf(results, ended)
}
