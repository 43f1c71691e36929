import { mkdir, rm } from 'node:fs/promises'
import { basename, dirname, join, parse, resolve } from 'node:path'
import type { Renderer, ReportInput, WriteBeside } from '../harness/model/report.ts'
import { writeFileAtomic } from '../harness/record/atomic-file.ts'

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
 * Writes a report in its place. What is too much for one file goes into a folder beside it, as `report.data/` beside `report.html`;
 * whatever an earlier report has put there is taken away.
 */
export async function writeKeptReport(file: string, renderer: Renderer, input: ReportInput): Promise<void> {
  const folder = folderBeside(file)
  await rm(folder, { recursive: true, force: true })
  await writeFileAtomic(file, renderer.render(input, besideIn(folder)))
}

function folderBeside(file: string): string {
  return join(dirname(file), `${parse(file).name}.data`)
}

function besideIn(folder: string): WriteBeside {
  return async (name, content) => {
    await mkdir(folder, { recursive: true })
    await writeFileAtomic(join(folder, name), [content])
    return `${basename(folder)}/${name}`
  }
}
