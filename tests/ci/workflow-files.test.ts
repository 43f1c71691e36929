import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { REPO } from '../e2e/cli.ts'

interface Step {
  readonly name?: string
  readonly id?: string
  readonly if?: string
  readonly uses?: string
  readonly run?: string
  readonly shell?: string
  readonly env?: Readonly<Record<string, string>>
  readonly with?: Readonly<Record<string, string>>
  readonly 'continue-on-error'?: boolean
}

interface WorkflowJob {
  readonly if?: string
  readonly permissions?: Readonly<Record<string, string>>
  readonly steps: readonly Step[]
}

const ACTION_FILE = 'action.yml'
const WORKFLOW_FILE = 'docs/examples/github-workflow.yml'

const action = parse(read(ACTION_FILE)) as {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>
  readonly outputs: Readonly<Record<string, { readonly value: string }>>
  readonly runs: { readonly using: string; readonly steps: readonly Step[] }
}
const workflow = parse(read(WORKFLOW_FILE)) as {
  readonly on: Readonly<Record<string, unknown>>
  readonly permissions: object
  readonly concurrency: { readonly group: string }
  readonly jobs: Readonly<Record<'fork' | 'evals', WorkflowJob>>
}
const { fork, evals } = workflow.jobs

function read(file: string): string {
  return readFileSync(join(REPO, file), 'utf8')
}

describe.each([
  [ACTION_FILE, action.runs.steps],
  [WORKFLOW_FILE, [...fork.steps, ...evals.steps]],
])('%s', (file, steps) => {
  it('puts no expression into shell text: what a pull request says would be run', () => {
    const shell = steps.flatMap(({ run }) => run ?? [])
    expect(shell.length).toBeGreaterThan(0)
    for (const run of shell) expect(run).not.toContain('${{')
  })

  it('pins what others have made by commit, with the version beside it', () => {
    const lines = read(file)
      .split('\n')
      .filter((line) => /^\s*(?:- )?uses:/.test(line) && !line.includes('your-organisation/'))
    expect(lines.length).toBeGreaterThan(2)
    for (const line of lines) expect(line).toMatch(/uses: actions\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
  })

  it('is one document without a key twice', () => {
    const [document, ...others] = parseAllDocuments(read(file), { uniqueKeys: true })
    expect(others).toStrictEqual([])
    expect((document as { errors: unknown[] }).errors).toStrictEqual([])
  })
})

describe('the action', () => {
  it('is composite, and every step of shell names its shell', () => {
    expect(action.runs.using).toBe('composite')
    for (const { run, shell } of action.runs.steps) expect(shell).toBe(run === undefined ? undefined : 'bash')
  })

  it('has no input that it does not use, and uses none that it does not have', () => {
    const used = new Set([...read(ACTION_FILE).matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name))
    expect(used).toStrictEqual(new Set(Object.keys(action.inputs)))
  })

  it('runs scripts that are there, and outputs what its steps set', () => {
    const scripts = action.runs.steps.flatMap(
      ({ run = '' }) => /\$GITHUB_ACTION_PATH\/([\w/.-]+)/.exec(run)?.[1] ?? [],
    )
    expect(scripts).toStrictEqual(['action/run.sh', 'action/comment.sh'])
    for (const script of scripts) expect(existsSync(join(REPO, script))).toBe(true)
    for (const [name, { value }] of Object.entries(action.outputs))
      expect(value).toBe(`\${{ steps.run.outputs.${name} }}`)
  })

  it('fetches the record of earlier attempts by run and token, and may fail to', () => {
    const step = stepOf('download-artifact')
    expect(step).toMatchObject({ if: 'github.run_attempt > 1', 'continue-on-error': true })
    expect(step.with).toMatchObject({
      'run-id': '${{ github.run_id }}',
      'github-token': '${{ inputs.github-token }}',
      pattern: '${{ inputs.artifact-name }}-attempt-*',
    })
  })

  it('always uploads the runs, hidden files included, under a name of the attempt’s own', () => {
    const step = stepOf('upload-artifact')
    expect(step.if).toBe('always()')
    expect(step.with).toMatchObject({
      name: '${{ inputs.artifact-name }}-attempt-${{ github.run_attempt }}',
      path: '${{ inputs.working-directory }}/runs/',
      'include-hidden-files': true,
    })
  })

  it('comments on pull requests alone, and ends with the exit code of assay', () => {
    const [comment, last] = action.runs.steps.slice(-2)
    expect(comment?.if).toContain("github.event_name == 'pull_request'")
    expect(comment?.if).toContain("inputs.comment == 'true'")
    expect(comment?.env).toMatchObject({
      HEAD_REPOSITORY: '${{ github.event.pull_request.head.repo.full_name }}',
    })
    expect(last).toMatchObject({
      if: 'always()',
      run: 'exit "${EXIT_CODE:-1}"',
      env: { EXIT_CODE: '${{ steps.run.outputs.exit-code }}' },
    })
  })

  it('is told of in the documentation, input by input', () => {
    const page = read('docs/ci.md')
    for (const name of Object.keys(action.inputs)) expect(page).toContain(`| \`${name}\` |`)
  })
})

describe('the workflow', () => {
  it('is not one that hands secrets to the code of a fork', () => {
    expect(Object.keys(workflow.on)).toStrictEqual(['pull_request', 'push'])
    expect(fork.if).toContain('head.repo.full_name != github.repository')
    expect(evals.if).toContain('head.repo.full_name == github.repository')
    // What Dependabot pushes has no secrets either.
    expect(fork.if).toContain("|| github.actor == 'dependabot[bot]'")
    expect(evals.if).toContain("&& github.actor != 'dependabot[bot]'")
    const text = JSON.stringify(fork)
    expect(text).not.toMatch(/secrets\.|github\.token|GITHUB_TOKEN/)
  })

  it('calls no model for a fork: it validates, plans and replays', () => {
    const commands = fork.steps.flatMap(({ run = '' }) => run.match(/npx assay [a-z]+[^;\n]*/g) ?? [])
    expect(commands.map((command) => command.split(' ')[2])).toStrictEqual(['validate', 'plan', 'run'])
    expect(commands[2]).toContain('--replay')
  })

  it('grants nothing but what a job needs', () => {
    expect(workflow.permissions).toStrictEqual({})
    expect(fork.permissions).toStrictEqual({ contents: 'read' })
    expect(evals.permissions).toStrictEqual({
      contents: 'read',
      actions: 'read',
      'pull-requests': 'write',
    })
  })

  it('has one job a pull request at a time, whole history, and leaves no token in the checkout', () => {
    expect(workflow.concurrency.group).toContain('github.event.pull_request.number')
    const [checkout] = evals.steps
    expect(checkout?.with).toMatchObject({ 'fetch-depth': 0, 'persist-credentials': false })
    expect(fork.steps[0]?.with).toStrictEqual({ 'persist-credentials': false })
  })

  it('gives the action inputs that it has', () => {
    const step = evals.steps.find(({ uses }) => uses?.includes('/assay@'))
    for (const name of Object.keys(step?.with ?? {})) expect(Object.keys(action.inputs)).toContain(name)
  })
})

function stepOf(name: string): Step {
  const step = action.runs.steps.find(({ uses }) => uses?.includes(`/${name}@`))
  if (step === undefined) throw new Error(`no step uses ${name}`)
  return step
}
