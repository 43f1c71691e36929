import { describe, expect, it } from 'vitest'
import { Project } from '../e2e/cli.ts'
import { startServer } from './start-server.ts'
import { faultSuite, passed, QUICK, wordsOf } from './suite.ts'

const CASES = 120
const AT_ONCE = 4

describe('a disk that fills', () => {
  it('loses nothing that was acknowledged: with room again, only what is not on record is called', async () => {
    await using server = await startServer({
      accounts: {
        a: { latency: { medianMs: 10 }, faults: { steps: [{ do: 'status', status: 503 }], share: 0.1 } },
      },
    })
    const assay = { ...QUICK, limits: { '*': { concurrency: AT_ONCE } } }
    const project = new Project(faultSuite({ providers: [{ account: 'a' }], words: wordsOf(CASES), assay }))
    // No file grows over 100 × 512 bytes: the journal of all cells needs more.
    const full = await project.assay(['run', 'suite.yaml'], { env: server.env, fileLimit: 100 })
    expect(full.code).toBe(3)
    expect(full.stderr).toContain('assay resume')

    const [run = ''] = project.runs
    const lines = project.journal(run).filter((line) => line.kind === 'call')
    const made = (await server.log()).length
    expect(lines.length).toBeGreaterThan(5)
    expect(made).toBeLessThan(CASES)

    const resumed = await project.assay(['resume', run, '--json'], { env: server.env })
    expect(passed(resumed)).toMatchObject({ cells: { planned: CASES, passed: CASES, absent: 0 } })
    expect(new Set(project.trials(run).map(({ cell }) => cell.id)).size).toBe(CASES)
    expect(project.trials(run)).toHaveLength(CASES)
    const replied = (await server.log()).filter(({ given }) => given === 'reply').length
    const recorded = lines.filter(({ result }) => result.reply !== undefined).length
    const repliedBefore = (await server.log()).slice(0, made).filter(({ given }) => given === 'reply').length
    expect(replied).toBe(CASES + repliedBefore - recorded)
  })
})
