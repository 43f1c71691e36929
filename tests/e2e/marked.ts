import { join } from 'node:path'
import type { ReviewedCell, ReviewFile, ReviewMark } from '../../harness/model/review.ts'
import type { Trial } from '../../harness/model/trial.ts'
import { Project } from './cli.ts'

/** Three cases by two repeats: `w-2` fails. */
export const MARKED_SUITE = `prompts: [{raw: 'Say {{word}}', label: says}]
providers: [{id: file://provider.ts, label: p}]
tests:
  - {vars: {word: yes}, metadata: {id: w-1}, assert: [{type: contains, value: SAY}]}
  - {vars: {word: no}, metadata: {id: w-2}, assert: [{type: equals, value: YES}]}
  - {vars: {word: three}, metadata: {id: w-3}, assert: [{type: contains, value: THREE}]}
assay:
  repeat: 2
  redact: ['cust-\\d+']
`

/** A project with one run. */
export async function ran(
  suite = MARKED_SUITE,
  files: ConstructorParameters<typeof Project>[0] = {},
): Promise<Project> {
  const project = new Project({ 'suite.yaml': suite, ...files })
  const { stderr, code } = await project.assay(['run', 'suite.yaml'])
  if (code !== 0 && code !== 1) throw new Error(stderr)
  return project
}

/** The folder of the youngest run. */
export function lastRun({ runs }: Project): string {
  return runs.findLast((run) => /\d{8}-/.test(run)) ?? ''
}

/** `review.json` as the page of the youngest run would download it: these marks on the first repeat of these cases. */
export function markedIn(
  project: Project,
  marks: Readonly<Record<string, ReviewMark>>,
  parts: Partial<ReviewedCell> = {},
): ReviewFile {
  const run = lastRun(project)
  const reviews = project
    .trials(run)
    .filter(({ cell }) => cell.repeat === 0 && marks[cell.caseId] !== undefined)
    .map((trial) => Object.assign(cellOf(trial), { mark: marks[trial.cell.caseId] as ReviewMark }, parts))
  return { v: 1, run: project.manifest(run).id, suite: project.manifest(run).suite.name, reviews }
}

/** Writes it, and gives the arguments that bind it. */
export function reviewArgs(project: Project, file: ReviewFile, name = 'review.json'): string[] {
  project.write(name, JSON.stringify(file, null, 2))
  return ['review', 'last', name]
}

export function inRun(project: Project, name: string): string {
  return join(lastRun(project), name)
}

function cellOf({ cell, outcome }: Trial): Omit<ReviewedCell, 'mark'> {
  const { id, caseId, prompt, provider, repeat } = cell
  return { cell: id.slice(0, 16), caseId, prompt, provider, repeat, outcome, at: '2026-01-31T10:00:00.000Z' }
}
