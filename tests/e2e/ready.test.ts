import { describe, expect, it } from 'vitest'
import { type Files, Project } from './cli.ts'

/** Needs a key, which it asks for before its first call; both leave a line behind. */
const PROVIDER = `import { appendFileSync } from 'node:fs'
const log = (file: string, line: string) => appendFileSync(new URL(file, import.meta.url), line + '\\n')
export default class Locked {
  warnings = ['it retires on 2026-12-01']
  id(): string {
    return 'locked'
  }
  async ready(): Promise<void> {
    log('ready.log', 'asked')
    if (process.env.LOCKED_KEY === undefined) throw new Error('LOCKED_KEY is not set')
  }
  async callApi(prompt: string): Promise<{ output: string }> {
    log('calls.log', prompt)
    return { output: prompt.toUpperCase() }
  }
}
`

const SUITE = `prompts: ['Say {{word}}']
providers: [file://provider.ts]
tests:
  - vars: { word: yes }
    assert: [{ type: contains, value: SAY }]
  - vars: { word: no }
    assert: [{ type: contains, value: SAY }]
`

const KEY = { env: { LOCKED_KEY: 'k' } }
const LACK = 'the provider file://provider.ts cannot be made ready: LOCKED_KEY is not set'

class LockedProject extends Project {
  constructor(files: Files = {}) {
    super({ 'provider.ts': PROVIDER, 'suite.yaml': SUITE, ...files })
  }

  /** How often it was asked whether it is ready. */
  get asked(): number {
    return this.exists('ready.log') ? this.read('ready.log').split('\n').length - 1 : 0
  }

  exists(name: string): boolean {
    try {
      this.read(name)
      return true
    } catch {
      return false
    }
  }
}

describe('a provider that is not ready', () => {
  it('ends the run before any call and any record, at its place', async () => {
    const project = new LockedProject()
    const ended = await project.assay(['run', 'suite.yaml'])
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toContain(`suite.yaml:2:13: ${LACK}`)
    expect(project.calls).toEqual([])
    expect(project.runs).toEqual([])
  })

  it('that is in the second suite ends the run before the first suite calls', async () => {
    const files = {
      'first.yaml': SUITE.replace('provider.ts', 'plain.ts'),
      'plain.ts': PROVIDER.replace('LOCKED_KEY', 'PATH'),
    }
    const project = new LockedProject(files)
    const ended = await project.assay(['run', 'first.yaml', 'suite.yaml'])
    expect(ended.code).toBe(2)
    expect(ended.stderr).toContain(LACK)
    expect(project.calls).toEqual([])
  })

  it('that grades ends the run too', async () => {
    const rubric = "    assert: [{ type: llm-rubric, value: polite, provider: 'file://provider.ts' }]\n"
    const suite = `prompts: ['Say {{word}}']\nproviders: [echo]\ntests:\n  - vars: { word: yes }\n${rubric}`
    const project = new LockedProject({ 'suite.yaml': suite })
    const ended = await project.assay(['run', 'suite.yaml'])
    expect(ended.code).toBe(2)
    expect(ended.stderr).toContain(LACK)
  })

  it('is none for whoever calls nothing: validate, plan', async () => {
    const project = new LockedProject()
    const validated = await project.assay(['validate', 'suite.yaml'])
    const planned = await project.assay(['plan', 'suite.yaml'])
    expect([validated.code, planned.code, project.asked]).toEqual([0, 0, 0])
  })
})

describe('a provider that is ready', () => {
  it('is asked so once, before its first call, and what is odd about it is told once', async () => {
    const project = new LockedProject()
    const ended = await project.assay(['run', 'suite.yaml'], KEY)
    expect(ended.code).toBe(0)
    expect([project.asked, project.calls.length]).toEqual([1, 2])
    const warning = 'suite.yaml:2:13: file://provider.ts: it retires on 2026-12-01'
    expect(ended.stderr.split(warning)).toHaveLength(2)
    expect(project.manifest().warnings).toEqual([expect.stringContaining('it retires on 2026-12-01')])
    for (const command of ['plan', 'validate']) {
      const { stderr } = await project.assay([command, 'suite.yaml'])
      expect(stderr).toContain(`warning: ${warning}`)
    }
  })

  it('need not be so where replies are replayed, or a record is checked again', async () => {
    const project = new LockedProject()
    await project.assay(['run', 'suite.yaml', '--record'], KEY)
    const replayed = await project.assay(['run', 'suite.yaml', '--replay'])
    const verified = await project.assay(['verify', 'last'])
    expect([replayed.code, verified.code, project.asked, project.calls.length]).toEqual([0, 0, 1, 2])
  })

  it('need not be so to resume a run that lacks nothing, and must be for one that lacks a cell', async () => {
    const project = new LockedProject({ 'suite.yaml': `${SUITE}assay: { budget: { calls: 1 } }\n` })
    await project.assay(['run', 'suite.yaml', '--no-cache'], KEY)
    expect([project.asked, project.calls.length]).toEqual([1, 1])

    project.write('suite.yaml', SUITE)
    const refused = await project.assay(['resume', 'last'])
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain(LACK)
    expect(project.calls.length).toBe(1)

    const resumed = await project.assay(['resume', 'last'], KEY)
    expect([resumed.code, project.calls.length]).toEqual([0, 2])
    const again = await project.assay(['resume', 'last'])
    expect(again.code).toBe(0)
    expect(project.calls.length).toBe(2)
  })
})
