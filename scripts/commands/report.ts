import { pathToFileURL } from 'node:url'
import { HarnessError } from '../../harness/model/errors.ts'
import type { ReportInput } from '../../harness/model/report.ts'
import { openShown } from '../../harness/open-record.ts'
import { renderers } from '../../reports/renderers.ts'
import { summarize } from '../../reports/summary.ts'
import type { Io } from '../io.ts'
import { keptPlace } from '../kept-report.ts'
import { openFile } from '../open-file.ts'
import type { ReporterRequest } from '../reporters.ts'
import { forReports, parseReporters, renderReports, reportsToShow } from '../reporters.ts'
import { sharing } from '../sharing.ts'

interface ReportOptions {
  readonly reporter: readonly string[]
  readonly json: boolean
  readonly share: boolean
  readonly case: readonly string[]
  readonly open: boolean
}

/** `assay report RUN`: renders a record again. The exit code is 0 when the record could be read: it judges nothing. */
export async function reportCommand(io: Io, name: string, options: ReportOptions): Promise<number> {
  const { share, json, open } = options
  if (options.case.length > 0 && !share)
    throw new HarnessError('usage', '--case says what --share does not leave out, and --share is not given', {
      hint: 'Add --share; `assay report` shows every case anyway.',
    })
  const asked = withPage(
    parseReporters(options.reporter, io.cwd),
    open || (share && options.reporter.length === 0),
  )
  const warn = (warning: string): void => io.err(`warning: ${warning}\n`)
  const requests = reportsToShow(asked, json)
  const whole = await forReports(await openShown(name, io.cwd, warn), requests, warn)
  const input = share ? await sharing(whole, options.case, io) : whole
  if (json) io.out(`${JSON.stringify(summarize(input))}\n`)
  await renderReports(input, requests, io)
  if (open) await show(await pageOf(requests, input), io, json)
  return 0
}

function withPage(asked: readonly ReporterRequest[], isWanted: boolean): readonly ReporterRequest[] {
  return isWanted && !asked.some(({ name }) => name === 'html') ? [...asked, { name: 'html' }] : asked
}

async function pageOf(requests: readonly ReporterRequest[], input: ReportInput): Promise<string> {
  const { file } = await renderers.html()
  return requests.find(({ name }) => name === 'html')?.file ?? keptPlace(file ?? '', input)
}

/** Where there is no browser, its address is what one can go on with. */
async function show(page: string, io: Io, json: boolean): Promise<void> {
  if (await openFile(page, io.env)) return
  io.err('no browser could be opened here; the page is at\n')
  const print = json ? io.err : io.out
  print(`${pathToFileURL(page).href}\n`)
}
