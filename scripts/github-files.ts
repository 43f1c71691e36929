import { join } from 'node:path'
import { messageOf } from '../harness/model/errors.ts'
import type { ReportInput } from '../harness/model/report.ts'
import { writeFileAtomic } from '../harness/record/atomic-file.ts'
import { annotationsOf } from '../reports/github/annotations.ts'
import { workflowCommand } from '../reports/github/command.ts'
import { commentBody } from '../reports/github/comment.ts'
import { withinRoom } from '../reports/github/within-room.ts'
import { renderer as markdown } from '../reports/markdown.ts'
import { summarize } from '../reports/summary.ts'
import { addToSummary, setOutputs } from './github/job-files.ts'
import { repositoryPlaces } from './github/repository-places.ts'
import type { Io } from './io.ts'
import { relativePaths } from './relative-paths.ts'

const COMMENT = 'comment.md'

/** What a job on GitHub is told of: a run, or several at once. */
export interface Told {
  readonly runs: readonly ReportInput[]
  /** Names of the suites: those alike share a comment. */
  readonly suites: readonly string[]
  /** Markdown, in less than a comment holds. */
  readonly summary: AsyncIterable<string>
  /** The folder that the comment is kept in. */
  readonly dir: string
  readonly decision: string
  readonly exitCode: number
}

/** A single run. */
export function toldOf(input: ReportInput): Told {
  const { decision, exitCode } = summarize(input)
  const { dir, manifest } = input.run
  return {
    runs: [input],
    suites: [manifest.suite.name],
    summary: markdown.render(input),
    dir,
    decision,
    exitCode,
  }
}

/**
 * Tells GitHub: a comment is kept beside the record, the summary and the outputs go where the job says, if it is one.
 * What cannot be written is warned of: it changes no exit code.
 * @returns the annotations, as the step's output is to hold them: ten of a kind, however many the runs
 */
export async function tellGithub(told: Told, io: Io): Promise<string> {
  const { env, redact = String } = io
  const summary = redact(await textOf(told.summary))
  const comment = join(told.dir, COMMENT)
  const outputs = {
    decision: told.decision,
    'exit-code': String(told.exitCode),
    'run-dir': told.dir,
    comment,
  }
  const body = commentBody(told.suites, summary, whereabouts(told, io))
  await orWarn(comment, io, writeFileAtomic(comment, [body]))
  const { GITHUB_STEP_SUMMARY: step, GITHUB_OUTPUT: output } = env
  if (step) await orWarn(step, io, addToSummary(step, summary))
  if (output) await orWarn(output, io, setOutputs(output, outputs))
  const all = await Promise.all(
    told.runs.map(async (run) => annotationsOf(run, await repositoryPlaces(run, io))),
  )
  return withinRoom(inTurn(all)).map(workflowCommand).join('')
}

/** One of each run in turn: what matters most of every run comes before the details of one. */
function inTurn<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length))
  return Array.from({ length: longest }, (_, i) => lists.flatMap((list) => list.slice(i, i + 1))).flat()
}

function whereabouts({ dir }: Told, { env, cwd }: Io): Parameters<typeof commentBody>[2] {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id } = env
  return {
    record: relativePaths(dir, cwd),
    artifact: env['ASSAY_ARTIFACT'] || undefined,
    ...(server && repository && id && { url: `${server}/${repository}/actions/runs/${id}` }),
  }
}

async function orWarn(file: string, io: Io, written: Promise<unknown>): Promise<void> {
  await written.catch((error: unknown) => io.err(`warning: cannot write ${file}: ${messageOf(error)}\n`))
}

async function textOf(chunks: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const chunk of chunks) text += chunk
  return text
}
