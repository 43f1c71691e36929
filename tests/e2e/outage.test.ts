import { rmSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { summarySchema } from '../../harness/record/schema/summary.ts'
import type { Summary } from '../../reports/summary.ts'
import { type Ended, Project } from './cli.ts'

const CASES = 30

/** Answers with the prompt, unless a file says what is wrong with it: `down-<label>`, which holds a status and a message. */
const PROVIDER = `import { appendFileSync, existsSync, readFileSync } from 'node:fs'
const KINDS = { 503: 'unavailable', 402: 'credit', 401: 'auth' }
export default class Account {
  label: string
  constructor({ label }: { label: string }) { this.label = label }
  id(): string { return this.label }
  async callApi(prompt: string): Promise<object> {
    appendFileSync(new URL('calls.log', import.meta.url), this.label + ' ' + prompt + '\\n')
    const down = new URL('down-' + this.label, import.meta.url)
    if (!existsSync(down)) return { output: prompt, cost: 0.01 }
    const message = readFileSync(down, 'utf8')
    const status = Number(message.slice(0, 3))
    return { error: message, metadata: { failure: { kind: KINDS[status], status, message } } }
  }
}
`

const SUITE = `prompts: ['{{n}}']
providers:
  - { id: file://provider.ts, label: flash }
  - { id: file://provider.ts, label: sonnet }
tests: file://cases.csv
assay:
  retry: { attempts: 20, baseMs: 1, maxMs: 10, outageMs: 300 }
  gate: { ship: [{ provider: flash }, { provider: sonnet }], floors: { pass: 0.8 } }
`

const csvOf = (wrong: number): string =>
  `n,__expected\n${Array.from({ length: CASES }, (_, n) => `${n},equals:${n < wrong ? 'else' : n}\n`).join('')}`

interface Setting {
  readonly down?: string
  readonly gate?: string
  /** Cases that any model fails. */
  readonly wrong?: number
}

function projectWith({ down, gate, wrong = 0 }: Setting): Project {
  const suite = gate === undefined ? SUITE : SUITE.replace('gate: {', `gate: { ${gate},`)
  const project = new Project({ 'suite.yaml': suite, 'provider.ts': PROVIDER, 'cases.csv': csvOf(wrong) })
  if (down !== undefined) project.write('down-sonnet', down)
  return project
}

function summaryOf({ stdout }: Ended): Summary {
  return summarySchema.strict().parse(JSON.parse(stdout))
}

const callsOf = (project: Project, label: string): number =>
  project.calls.filter((call) => call.startsWith(`${label} `)).length

describe.each([
  ['outage', '503 overloaded, try later'],
  ['credit', '402 your credit balance is too low'],
  ['auth', '401 invalid x-api-key'],
])('an account with %s', (cause, message) => {
  it('is no regression: exit 3, no verdict, the other model in full, and what to do', async () => {
    const project = projectWith({ down: message })
    const ended = await project.assay(['run', 'suite.yaml', '--no-cache', '--json'])
    expect(ended.code).toBe(3)
    const summary = summaryOf(ended)
    expect(summary).toMatchObject({
      decision: 'invalid',
      exitCode: 3,
      cells: { planned: 2 * CASES, finished: CASES, passed: CASES, errored: 0, absent: CASES },
      incomplete: {
        cause,
        account: 'provider.ts#sonnet',
        cells: CASES,
        resume: `assay resume ${project.path(project.runs[0] ?? '')}`,
      },
      columns: [
        { provider: 'flash', passRate: 1 },
        { provider: 'sonnet', passRate: null },
      ],
      gates: [{ result: 'pass' }, { result: 'not_measured' }],
    })
    expect(summary.incomplete?.message).toContain(message)
    expect(callsOf(project, 'flash')).toBe(CASES)
    expect(project.trials().every(({ cell }) => cell.provider === 'flash')).toBe(true)
    expect(ended.stderr).toMatch(/\nfinish the run: assay resume runs\/project\/\S+\n$/)
    expect(project.manifest().incomplete).toMatchObject([{ cause, cells: CASES }])
  })
})

describe('an outage', () => {
  it('is the first thing each report says', async () => {
    const project = projectWith({ down: '503 overloaded' })
    const { stdout } = await project.assay(['run', 'suite.yaml', '--no-cache'])
    const [run = ''] = project.runs
    expect(stdout).toMatch(/^NOT MEASURED: no verdict on your change\.\nprovider\.ts#sonnet/)
    expect(stdout).toContain(`assay resume ${run}`)
    expect(project.read(`${run}/summary.md`)).toMatch(/^## NOT MEASURED: no verdict on your change/)
    expect(project.read(`${run}/report.html`)).toContain('NOT MEASURED: no verdict on your change')
    expect(project.read(`${run}/junit.xml`)).toContain('<error message="NOT MEASURED: no verdict')
  })

  it('that is over leaves a run which resumes to the verdict it would have had', async () => {
    const project = projectWith({ down: '503 overloaded' })
    await project.assay(['run', 'suite.yaml', '--no-cache', '--json'])
    rmSync(project.path('down-sonnet'))
    const ended = await project.assay(['resume', 'last', '--json'])
    expect(ended.code).toBe(0)
    const summary = summaryOf(ended)
    expect(summary).toMatchObject({ decision: 'pass', cells: { finished: 2 * CASES, absent: 0 } })
    expect(summary).not.toHaveProperty('incomplete')
    expect(project.manifest()).not.toHaveProperty('incomplete')
    expect(callsOf(project, 'flash')).toBe(CASES)
  })

  it('of every account is none either', async () => {
    const project = projectWith({ down: '503 overloaded' })
    project.write('down-flash', '503 overloaded')
    const ended = await project.assay(['run', 'suite.yaml', '--no-cache', '--json'])
    expect(ended.code).toBe(3)
    expect(summaryOf(ended)).toMatchObject({
      cells: { finished: 0, absent: 2 * CASES },
      incomplete: { cause: 'outage', cells: CASES, others: [{ cause: 'outage', cells: CASES }] },
    })
  })
})

describe('onUnavailable: neutral', () => {
  it('does not fail a build for an outage', async () => {
    const project = projectWith({ down: '503 overloaded', gate: 'onUnavailable: neutral' })
    const ended = await project.assay(['run', 'suite.yaml', '--no-cache', '--json'])
    expect(ended.code).toBe(0)
    expect(summaryOf(ended)).toMatchObject({
      decision: 'invalid',
      exitCode: 0,
      incomplete: { cause: 'outage' },
    })
  })

  it('fails it when the model that answered breaks the gate', async () => {
    const project = projectWith({ down: '503 overloaded', gate: 'onUnavailable: neutral', wrong: 20 })
    const ended = await project.assay(['run', 'suite.yaml', '--no-cache', '--json'])
    expect(ended.code).toBe(1)
    expect(summaryOf(ended)).toMatchObject({
      decision: 'block',
      gates: [{ result: 'fail' }, { result: 'not_measured' }],
    })
  })

  it('forgives no budget', async () => {
    const project = projectWith({ gate: 'onUnavailable: neutral' })
    const ended = await project.assay(['run', 'suite.yaml', '--no-cache', '--max-cost', '0.1'])
    expect(ended.code).toBe(3)
    expect(ended.stdout).toMatch(/^BUDGET REACHED: the figures are of \d+ of 60 cells\.\n/)
    expect(ended.stdout).toContain(`assay resume ${project.runs[0] ?? ''}`)
  })
})
