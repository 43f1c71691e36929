import { createWriteStream, existsSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { closest } from 'fastest-levenshtein'
import { HarnessError, messageOf } from '../harness/model/errors.ts'
import type { ReportInput } from '../harness/model/report.ts'
import { writeFileAtomic } from '../harness/record/atomic-file.ts'
import { renderers } from '../reports/renderers.ts'
import type { RendererName } from '../reports/renderers.ts'
import type { Io } from './io.ts'

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

/** Writes the files every run folder holds: the page, JUnit, and the summary. */
export async function writeKeptReports(input: ReportInput): Promise<void> {
  for (const name of KEPT) {
    const renderer = await renderers[name]()
    if (renderer.file !== null)
      await writeFileAtomic(resolve(input.run.dir, renderer.file), renderer.render(input))
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
    const renderer = await renderers[name]()
    if (file !== undefined) {
      await writeReport(file, renderer.render(input))
      io.err(`${name}: ${file}\n`)
    } else if (renderer.file !== null) {
      const path = resolve(input.run.dir, renderer.file)
      if (!written.includes(name)) await writeFileAtomic(path, renderer.render(input))
      io.err(`${name}: ${path}\n`)
    } else {
      for await (const chunk of renderer.render({ ...input, terminal: { ...io.terminal, cwd: io.cwd } }))
        io.out(chunk)
    }
  }
}

/** A path of the user's choice, which may be a pipe or `/dev/stdout`: written in place. */
async function writeReport(file: string, chunks: AsyncIterable<string>): Promise<void> {
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
