import { randomUUID } from 'node:crypto'
import { mkdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, parse, resolve } from 'node:path'
import type { Renderer, ReportInput, WriteBeside } from '../harness/model/report.ts'
import { writeFileAtomic } from '../harness/record/atomic-file.ts'
import { errorCode } from '../harness/record/disk-error.ts'

/** How often a folder is put in its place where others do the same. */
const TRIES = 50

/** Where a report lies in the folder of its run: one that is shared beside the run's own (`report.share.html`), never in its place. */
export function keptPlace(file: string, { run, share }: Pick<ReportInput, 'run' | 'share'>): string {
  return resolve(run.dir, share === undefined ? file : shareName(file))
}

/** `report.html` → `report.share.html` */
export function shareName(file: string): string {
  const { name, ext } = parse(file)
  return `${name}.share${ext}`
}

/** Takes a report away, with what lies beside it. */
export async function removeKeptReport(file: string): Promise<void> {
  await rm(file, { force: true })
  await rm(folderBeside(file), { recursive: true, force: true })
}

/**
 * Writes a report in its place. What is too much for one file goes into a folder beside it, as `report.data/` beside `report.html`. Until
 * all of it is written, the report before it stays as it is.
 */
export async function writeKeptReport(file: string, renderer: Renderer, input: ReportInput): Promise<void> {
  const folder = folderBeside(file)
  const staged = join(dirname(file), `.${basename(folder)}.${randomUUID()}`)
  async function* rendered(): AsyncIterable<string> {
    yield* renderer.render(input, besideIn(staged, basename(folder)))
    await replaceFolder(folder, staged)
  }
  try {
    await writeFileAtomic(file, rendered())
  } finally {
    await rm(staged, { recursive: true, force: true })
  }
}

function folderBeside(file: string): string {
  return join(dirname(file), `${parse(file).name}.data`)
}

function besideIn(folder: string, name: string): WriteBeside {
  return async (part, content) => {
    await mkdir(folder, { recursive: true })
    await writeFileAtomic(join(folder, part), [content])
    return `${name}/${part}`
  }
}

/** Puts a folder in the place of another, or of nothing; where there is none to put, that place is empty afterwards. */
async function replaceFolder(folder: string, staged: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await rm(folder, { recursive: true, force: true })
      return await rename(staged, folder)
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return
      // Another process puts its own there, or takes it away, at the same time.
      if (tries === TRIES) throw error
    }
  }
}
