import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ComparedCell, ComparedRun } from './compared-cell.ts'
import { columnName } from './compared-cell.ts'

const ROOT = join(import.meta.dirname, '../..')
const ENTRY = join(ROOT, 'node_modules/promptfoo/dist/src/entrypoint.js')
const ENV_FILE = join(ROOT, 'scripts/promptfoo.env')

/** A row of promptfoo's JSON output, as far as the tests read it. */
export interface PromptfooRow {
  readonly testIdx: number
  readonly promptIdx: number
  readonly success: boolean
  /** Null stands for NaN. */
  readonly score: number | null
  readonly namedScores?: Record<string, number>
  readonly failureReason: 0 | 1 | 2
  readonly error?: string
  readonly latencyMs: number
  readonly prompt: { readonly raw: string; readonly label: string }
  readonly provider: { readonly id: string; readonly label?: string }
  readonly response?: { readonly output?: unknown }
  readonly gradingResult?: { readonly componentResults?: readonly GradedAssertion[] } | null
  readonly testCase: { readonly metadata?: Record<string, unknown> }
}

interface GradedAssertion {
  readonly pass: boolean
  readonly assertion?: { readonly type: string } | null
}

interface PromptfooColumn {
  readonly raw: string
  readonly label: string
  readonly provider: string
  readonly metrics?: { readonly namedScores: Record<string, number> }
}

/** What promptfoo's own CLI made of a suite. */
export interface PromptfooRun {
  readonly exitCode: number | null
  /** Both streams, for its messages. */
  readonly said: string
  /** In the order of the suite. Empty when it wrote no output. */
  readonly rows: readonly PromptfooRow[]
  readonly columns: readonly PromptfooColumn[]
}

interface PromptfooOptions {
  /** Relative to the folder. */
  readonly suite?: string
  readonly args?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly output?: string
}

/** `promptfoo eval` of a suite in a folder, in a process of its own, as `npm run promptfoo` starts it. */
export async function runPromptfoo(dir: string, options: PromptfooOptions = {}): Promise<PromptfooRun> {
  const { suite = 'suite.yaml', args = [], env = {}, output = 'promptfoo.json' } = options
  const out = join(dir, output)
  const { exitCode, said } = await finished(
    [
      `--env-file=${ENV_FILE}`,
      ENTRY,
      'eval',
      '-c',
      suite,
      '-o',
      out,
      '--no-table',
      '--no-progress-bar',
      '--no-write',
      ...args,
    ],
    dir,
    env,
  )
  const { results = { results: [], prompts: [] } } = await readOutput(out)
  const rows = [...results.results].sort((a, b) => a.testIdx - b.testIdx || a.promptIdx - b.promptIdx)
  return { exitCode, said, rows, columns: results.prompts }
}

function finished(
  args: readonly string[],
  dir: string,
  env: Readonly<Record<string, string>>,
): Promise<Pick<PromptfooRun, 'exitCode' | 'said'>> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: dir,
      env: {
        ...withoutPromptfoo(process.env),
        // Of its own, so that no run of another test is in its database.
        PROMPTFOO_CONFIG_DIR: join(dir, '.promptfoo'),
        // With several at once, a column's last failure is whichever check took longest.
        PROMPTFOO_ASSERTIONS_MAX_CONCURRENCY: '1',
        METADATA_SERVER_DETECTION: 'none',
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let said = ''
    child.stdout.on('data', (chunk) => (said += String(chunk)))
    child.stderr.on('data', (chunk) => (said += String(chunk)))
    child.on('error', reject)
    child.on('close', (exitCode) => resolve({ exitCode, said }))
  })
}

/** Without what assay set in this process when it imported promptfoo. */
function withoutPromptfoo(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(PROMPTFOO|VITEST|NODE_ENV)/.test(name)),
  )
}

interface Output {
  readonly results?: {
    readonly results: readonly PromptfooRow[]
    readonly prompts: readonly PromptfooColumn[]
  }
}

async function readOutput(file: string): Promise<Output> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Output
  } catch {
    return {}
  }
}

/** A run by promptfoo in the terms both sides share. */
export function comparedPromptfoo({ rows, columns }: PromptfooRun): ComparedRun {
  return {
    cells: rows.map(comparedRow),
    derived: new Map(
      columns.map(({ provider, label, metrics }) => [
        columnName(provider, label),
        metrics?.namedScores ?? {},
      ]),
    ),
  }
}

function comparedRow(row: PromptfooRow): ComparedCell {
  return {
    id: String(row.testCase.metadata?.['id']),
    column: columnName(row.provider.label || row.provider.id, row.prompt.label),
    prompt: row.prompt.raw,
    output: row.response?.output,
    outcome: outcomeOf(row),
    score: row.score,
    namedScores: row.namedScores ?? {},
  }
}

/** What was never scored is missing to assay, where promptfoo has a failure: no output, and a score that is no number. */
function outcomeOf({ success, failureReason, gradingResult, score }: PromptfooRow): ComparedCell['outcome'] {
  const ungraded = gradingResult === undefined || gradingResult === null
  if (failureReason === 2 || score === null || (!success && ungraded)) return 'errored'
  return success ? 'passed' : 'failed'
}
