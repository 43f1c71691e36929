import { openRecord } from '../../harness/open-record.ts'
import type { Io } from '../io.ts'
import { parseReporters, renderReports } from '../reporters.ts'
import { summarize } from '../../reports/summary.ts'

interface ReportOptions {
  readonly reporter: readonly string[]
  readonly json: boolean
}

/** `assay report RUN`: renders a record again. The exit code is 0 when the record could be read: it judges nothing. */
export async function reportCommand(io: Io, name: string, options: ReportOptions): Promise<number> {
  const requests = parseReporters(options.reporter, io.cwd)
  const input = await openRecord(name, io.cwd, (warning) => io.err(`warning: ${warning}\n`))
  if (options.json) io.out(`${JSON.stringify(summarize(input))}\n`)
  const shown = requests.length > 0 || options.json ? requests : parseReporters(['default'], io.cwd)
  await renderReports(input, shown, io)
  return 0
}
