import { describe, expect, it } from 'vitest'
import { Project } from '../e2e/cli.ts'
import { startServer } from './start-server.ts'
import { faultSuite, passed, QUICK, wordsOf } from './suite.ts'

const CASES = 60

describe('a server that lets a few requests through a second', () => {
  it.each([
    [
      'fixed windows, and says how long to wait',
      { window: 'fixed', requests: 20, windowMs: 1000, retryAfter: 1 },
    ],
    ['fixed windows', { window: 'fixed', requests: 20, windowMs: 1000 }],
    ['sliding windows', { window: 'sliding', requests: 20, windowMs: 1000 }],
  ] as const)('by %s: every cell is answered once, and every 429 is on record', async (_how, rate) => {
    await using server = await startServer({ accounts: { metered: { rate } } })
    const assay = { ...QUICK, retry: { attempts: 8, baseMs: 100, maxMs: 1000 } }
    const project = new Project(
      faultSuite({ providers: [{ account: 'metered' }], words: wordsOf(CASES), assay }),
    )
    const ended = await project.assay(['run', 'suite.yaml', '--json'], { env: server.env })

    expect(passed(ended)).toMatchObject({ cells: { planned: CASES, passed: CASES, absent: 0 } })
    const log = await server.log()
    const replied = log.filter(({ given }) => given === 'reply').map(({ prompt }) => prompt)
    expect(replied).toHaveLength(CASES)
    expect(new Set(replied).size).toBe(CASES)
    const recorded = project
      .trials()
      .flatMap(({ attempts }) => attempts.filter(({ failure }) => failure?.kind === 'throttled'))
    expect(recorded).toHaveLength(log.length - CASES)
  })
})
