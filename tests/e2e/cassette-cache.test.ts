import { rmSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Summary } from '../../reports/summary.ts'
import { Project, SUITE } from './cli.ts'

async function run(project: Project, ...args: string[]): Promise<Summary> {
  const env = { ASSAY_CACHE_DIR: project.path('.cache') }
  const { stdout, stderr } = await project.assay(['run', 'suite.yaml', ...args, '--json'], { env })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout) as Summary
}

describe('the local cache', () => {
  it('answers a second run, also after the checks have changed, and says so', async () => {
    const project = new Project()
    expect((await run(project)).calls).toMatchObject({ made: 1, replayed: 0 })
    project.write('suite.yaml', SUITE.replace('value: SAY', 'value: YES'))
    expect(await run(project)).toMatchObject({
      calls: { made: 0, replayed: 1 },
      cells: { passed: 1 },
      spentUsd: 0,
    })
    expect(project.calls).toHaveLength(1)
  })

  it('asks again what has changed, and under --no-cache or `cache: false` everything', async () => {
    const project = new Project()
    await run(project)
    project.write('suite.yaml', SUITE.replace('word: yes', 'word: no'))
    expect((await run(project)).calls).toMatchObject({ made: 1 })
    expect((await run(project, '--no-cache')).calls).toMatchObject({ made: 1, replayed: 0 })
    project.write('suite.yaml', `${SUITE.replace('word: yes', 'word: no')}assay: { cache: false }\n`)
    expect((await run(project)).calls).toMatchObject({ made: 1, replayed: 0 })
    expect(project.calls).toEqual(['Say yes', 'Say no', 'Say no', 'Say no'])
  })

  it('asks again when the run that holds the reply was removed', async () => {
    const project = new Project()
    await run(project)
    rmSync(project.path('runs'), { recursive: true })
    expect((await run(project)).calls).toMatchObject({ made: 1, replayed: 0 })
  })

  it('asks again where a check wants to know how long the call took', async () => {
    const project = new Project({
      'suite.yaml': SUITE.replace('{ type: contains, value: SAY }', '{ type: latency, threshold: 60000 }'),
    })
    for (const _ of [1, 2])
      expect(await run(project)).toMatchObject({ calls: { made: 1 }, cells: { passed: 1 } })
  })

  it('keeps no failure', async () => {
    const project = new Project({
      'provider.ts': `import { appendFileSync } from 'node:fs'
export default class {
  id() { return 'broken' }
  async callApi(prompt) {
    appendFileSync(new URL('calls.log', import.meta.url), prompt + '\\n')
    return { error: 'no such model' }
  }
}
`,
    })
    for (const _ of [1, 2])
      expect(await run(project)).toMatchObject({ calls: { made: 1 }, cells: { errored: 1 } })
    expect(project.calls).toHaveLength(2)
  })
})
