import { createWriteStream, existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { closest } from 'fastest-levenshtein'
import { HarnessError, messageOf } from '../harness/model/errors.ts'
import type { Renderer, ReportInput } from '../harness/model/report.ts'
import { renderers } from '../reports/renderers.ts'
import type { RendererName } from '../reports/renderers.ts'
import type { Io } from './io.ts'
import { keptPlace, writeKeptReport } from './kept-report.ts'

/** One `--reporter name[=file]`. */
export interface ReporterRequest {
  readonly name: RendererName
  /** Absolute path; without it the format goes to the run folder if it has a file there, else to stdout. */
  readonly file?: string | undefined
}

/** Formats every run folder holds. */
export const KEPT: readonly RendererName[] = ['html', 'junit', 'markdown']

/** Reads `--reporter` options. @throws HarnessError `usage` on an unknown name, or a file in a folder that is not there. */
export function parseReporters(values: readonly string[], cwd: string): ReporterRequest[] {
  return values.map((value) => {
    const at = value.indexOf('=')
    const name = at === -1 ? value : value.slice(0, at)
    if (!isRenderer(name)) {
      const known = Object.keys(renderers)
      throw new HarnessError('usage', `unknown reporter "${name}"`, {
        hint: `did you mean "${closest(name, known)}"? There are ${known.join(', ')}`,
      })
    }
    if (at === -1) return { name }
    const file = resolve(cwd, value.slice(at + 1))
    // Told now, and not when the run is over.
    if (!existsSync(dirname(file))) throw cannotWrite(file, 'there is no such folder')
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true)
      throw cannotWrite(file, 'it is a folder')
    return { name, file }
  })
}

function isRenderer(name: string): name is RendererName {
  return Object.hasOwn(renderers, name)
}

/** What is shown of a run: what was asked for; without a request the table, unless stdout is for JSON. */
export function reportsToShow(
  requests: readonly ReporterRequest[],
  json: boolean,
): readonly ReporterRequest[] {
  return requests.length > 0 || json ? requests : [{ name: 'default' }]
}

/**
 * A run with what the page shows besides it, where a page is asked for: to find that, the suite's other run folders are read, which no
 * other report has to wait for.
 */
export async function forReports(
  input: ReportInput,
  requests: readonly ReporterRequest[],
  onWarning: (message: string) => void,
): Promise<ReportInput> {
  if (!requests.some(({ name }) => name === 'html')) return input
  const { withSurroundings } = await import('../harness/report-input.ts')
  return withSurroundings(input, onWarning)
}

/** Writes the files every run folder holds: the page, JUnit, and the summary. */
export async function writeKeptReports(input: ReportInput): Promise<void> {
  for (const name of KEPT) {
    const renderer = await renderers[name]()
    if (renderer.file !== null) await writeKeptReport(resolve(input.run.dir, renderer.file), renderer, input)
  }
}

/**
 * Renders what was asked for: to its file, else to the run folder, else to stdout.
 * @param written formats whose file in the run folder is there already
 */
export async function renderReports(
  input: ReportInput,
  requests: readonly ReporterRequest[],
  io: Io,
  written: readonly RendererName[] = [],
): Promise<void> {
  for (const { name, file } of requests) {
    if (name === 'github') {
      // What it tells goes to more places than one, and knows the repository that the run's files are in.
      const { tellGithub, toldOf } = await import('./github-files.ts')
      await showAnnotations(await tellGithub(toldOf(input), io), file, io)
      continue
    }
    const renderer = await renderers[name]()
    if (file !== undefined) {
      await writeReport(file, renderer.render(input))
      io.err(`${name}: ${file}\n`)
    } else if (renderer.file !== null) {
      const path = keptPlace(renderer.file, input)
      if (!written.includes(name)) await writeInPlace(path, renderer, input)
      io.err(`${name}: ${path}\n`)
    } else {
      for await (const chunk of renderer.render({ ...input, terminal: { ...io.terminal, cwd: io.cwd } }))
        io.out(chunk)
    }
  }
}

/** @throws HarnessError `incomplete` when it cannot be written: the record may lie where nobody may write */
async function writeInPlace(path: string, renderer: Renderer, input: ReportInput): Promise<void> {
  try {
    await writeKeptReport(path, renderer, input)
  } catch (error) {
    if (!(error instanceof HarnessError) || error.code !== 'incomplete') throw error
    const hint = `--reporter ${renderer.name}=FILE writes it elsewhere.`
    throw new HarnessError('incomplete', error.message, { hint, cause: error })
  }
}

/**
 * Puts annotations where GitHub's runner reads them, the output of the step, or in a file for it to be shown later.
 * @throws HarnessError `usage` when it cannot be written
 */
export async function showAnnotations(annotations: string, file: string | undefined, io: Io): Promise<void> {
  if (file === undefined) return io.out(annotations)
  await writeReport(file, [annotations])
  io.err(`github: ${file}\n`)
}

/**
 * Writes to a path of the user's choice, which may be a pipe or `/dev/stdout`: in place.
 * @throws HarnessError `usage` when it cannot be written
 */
export async function writeReport(
  file: string,
  chunks: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  try {
    await pipeline(Readable.from(chunks), createWriteStream(file))
  } catch (cause) {
    throw cannotWrite(file, messageOf(cause), cause)
  }
}

function cannotWrite(file: string, reason: string, cause?: unknown): HarnessError {
  return new HarnessError('usage', `cannot write the report ${file}: ${reason}`, {
    hint: 'check the path given to --reporter',
    cause,
  })
}
