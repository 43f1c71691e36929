import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { Project } from '../e2e/cli.ts'
import { startServer } from './start-server.ts'
import { faultSuite, passed, QUICK, wordsOf } from './suite.ts'

const CASES = 80
const PRELOAD = join(import.meta.dirname, 'jumping-clock.mjs')
const DAY_MS = 86_400_000

describe.each([
  ['forward', DAY_MS],
  ['back', -DAY_MS],
])('a wall clock that jumps %s by a day in the middle of a run', (_where, jumpMs) => {
  it('changes no latency, no wait and no result; what the cache holds is found or not, and breaks nothing', async () => {
    const throttled = { do: 'status', status: 429 } as const
    await using server = await startServer({
      accounts: { a: { latency: { medianMs: 10 }, faults: { steps: [throttled], share: 0.1 } } },
    })
    const { cache, ...assay } = QUICK
    void cache
    const suite = faultSuite({ providers: [{ account: 'a' }], words: wordsOf(CASES), assay })
    const project = new Project(suite)
    const env = { ...server.env, JUMP_MS: String(jumpMs), ASSAY_CACHE_DIR: project.path('.cache') }
    const nodeArgs = ['--import', PRELOAD]

    const ended = await project.assay(['run', 'suite.yaml', '--json'], { env, nodeArgs })
    expect(passed(ended)).toMatchObject({ cells: { planned: CASES, passed: CASES, absent: 0 } })
    const log = await server.log()
    expect(log.filter(({ given }) => given === 'reply')).toHaveLength(CASES)
    const [run] = project.runs
    for (const { attempts } of project.trials(run)) {
      for (const { timing } of attempts) {
        for (const ms of [timing.latencyMs, timing.queuedMs, timing.backoffMs]) {
          expect(ms).toBeGreaterThanOrEqual(0)
          expect(ms).toBeLessThan(DAY_MS / 24)
        }
      }
    }

    // On a clock that is right again, half of the replies are a day old, or of tomorrow.
    const again = await project.assay(['run', 'suite.yaml', '--json'], { env: { ...env, JUMP_MS: '0' } })
    expect(passed(again)).toMatchObject({ cells: { planned: CASES, passed: CASES, absent: 0 } })
  })
})
