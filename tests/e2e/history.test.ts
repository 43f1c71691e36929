import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { History } from '../../harness/model/history.ts'
import { historyIndexSchema } from '../../harness/record/schema/history.ts'
import { Project, REPO } from './cli.ts'

const SUITE = `prompts: ['Is this review good or bad: {{text}}']
providers:
  - { id: 'file://${REPO}/providers/simulated/index.ts', label: flash, config: { profile: flash } }
tests:
  - { vars: { text: fine }, assert: [{ type: javascript, value: output.length > 0 }] }
  - { vars: { text: awful }, assert: [{ type: javascript, value: output.length > 0 }] }
`

describe('assay history', () => {
  const project = new Project({ 'suite.yaml': SUITE })
  beforeAll(async () => {
    for (let n = 0; n < 3; n++) {
      const ended = await project.assay(['run', 'suite.yaml', '--allow-outside', '--no-cache', '--json'])
      if (ended.code !== 0) throw new Error(ended.stderr)
    }
  })

  const json = async (...args: string[]): Promise<History> => {
    const { code, stdout } = await project.assay(['history', ...args, '--json'])
    expect(code).toBe(0)
    return JSON.parse(stdout) as History
  }
  const page = (): string => project.read('runs/project/index.html')

  it('has every run of a suite, in its page and in its index, as soon as the run ends', () => {
    expect(project.runs).toHaveLength(3)
    const index = historyIndexSchema.strict().parse(JSON.parse(project.read('runs/project/history.json')))
    expect(index.runs.map(({ entry }) => `runs/project/${entry.dir}`)).toStrictEqual(project.runs)
    const links = [...page().matchAll(/href="\.\/([^"]+)"/g)].map((match) => match[1] ?? '')
    expect(links).toHaveLength(3)
    for (const link of links) expect(existsSync(project.path(join('runs/project', link)))).toBe(true)
  })

  it('lists them, with what they came to, and says how many more it takes to tell drift', async () => {
    const { code, stdout, stderr } = await project.assay(['history'])
    expect({ code, stderr }).toStrictEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^project {2}3 runs\n/)
    for (const run of project.runs) expect(stdout).toContain(run.split('/')[2])
    expect(stdout).toContain('Too few runs to tell drift: 3 of 8')
    expect(stdout).toMatch(/\nPage: runs\/project\/index\.html\n$/)
  })

  it.each(['project', 'suite.yaml', 'last', 'runs/project', 'runs/project/'])(
    'takes %s for the suite',
    async (name) => {
      const { suite, runs } = await json(name)
      expect([suite, runs.length]).toStrictEqual(['project', 3])
      expect(runs[0]?.columns[0]).toMatchObject({ provider: 'flash', quality: 1, replayed: 0, refusal: 0 })
    },
  )

  it('is in the page of a comparison and of a gate, beside the replies that both runs have', async () => {
    const [first = '', , last = ''] = project.runs
    for (const args of [
      ['compare', first, last],
      ['gate', last, '--baseline', first],
    ]) {
      const { code, stderr } = await project.assay([...args, '--reporter', 'html=page.html'])
      expect({ code, stderr }).toStrictEqual({ code: 0, stderr: expect.stringMatching(/^html: \S+\n$/) })
      const html = project.read('page.html')
      expect(html).toContain('History: 3 runs of this suite')
      expect(html).toContain('id="text-base-0"')
    }
  })

  it('lists the newest alone with --limit', async () => {
    const { runs } = await json('project', '--limit', '1')
    expect(runs.map(({ dir }) => `runs/project/${dir}`)).toStrictEqual(project.runs.slice(2))
    const { code, stderr } = await project.assay(['history', '--limit', '0'])
    expect({ code, said: stderr.includes('whole number from 1') }).toStrictEqual({ code: 2, said: true })
  })

  it('makes page and index again, just as they were, when they are deleted', async () => {
    const before = [page(), project.read('runs/project/history.json')]
    rmSync(project.path('runs/project/index.html'))
    rmSync(project.path('runs/project/history.json'))
    await project.assay(['history', 'project'])
    expect([page(), project.read('runs/project/history.json')]).toStrictEqual(before)
  })

  it('says which suite was meant, where there is none by that name', async () => {
    const { code, stderr, stdout } = await project.assay(['history', 'projekt'])
    expect({ code, stdout }).toStrictEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('there is no run of projekt')
    expect(stderr).toContain('Did you mean "project"?')
  })

  it('does not let a part of the suite, or replies that were checked again, into a trend', async () => {
    const part = await project.assay([
      'run',
      'suite.yaml',
      '--allow-outside',
      '--filter',
      'fine',
      '--no-cache',
    ])
    const again = await project.assay(['verify', project.runs[0] ?? '', '--allow-outside'])
    expect([part.code, again.code]).toStrictEqual([0, 0])
    expect((await json('project')).runs.map(({ isWhole }) => isWhole)).toStrictEqual([
      true,
      true,
      true,
      false,
      false,
    ])
  })
})

describe('a run that is put elsewhere', () => {
  it('leaves nothing beside its folder, and has no history of its own', async () => {
    const project = new Project()
    expect((await project.assay(['run', 'suite.yaml', '--out', 'elsewhere'])).code).toBe(0)
    expect(existsSync(project.path('history.json'))).toBe(false)
    expect(existsSync(project.path('index.html'))).toBe(false)
    const { code, stderr } = await project.assay(['history', 'elsewhere'])
    expect(code).toBe(2)
    expect(stderr).toContain('does not lie beside the other runs of project')
  })

  it('is no history where nothing was run', async () => {
    const { code, stderr } = await new Project().assay(['history'])
    expect(code).toBe(2)
    expect(stderr).toContain('there is no run in')
  })
})
