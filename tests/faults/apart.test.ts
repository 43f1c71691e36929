import { describe, expect, it } from 'vitest'
import { Project } from '../e2e/cli.ts'
import type { AccountScript, Logged } from './server/script.ts'
import { startServer } from './start-server.ts'
import { faultSuite, QUICK, wordsOf } from './suite.ts'

const WORDS = wordsOf(60)
const AT_ONCE = 5
const HEALTHY: AccountScript = { latency: { medianMs: 10 } }

/** Runs a healthy account beside a sick one; what the server saw of each. */
async function beside(sick: AccountScript, assay: object): Promise<Record<'well' | 'sick', Logged[]>> {
  await using server = await startServer({ accounts: { well: HEALTHY, sick } })
  const suite = faultSuite({
    providers: [{ account: 'sick' }, { account: 'well' }],
    words: WORDS,
    assay: { ...QUICK, ...assay, limits: { '*': { concurrency: AT_ONCE } } },
  })
  const project = new Project(suite)
  const { ended, child } = project.start(['run', 'suite.yaml', '--json'], { env: server.env })
  await allAnswered()
  child.kill('SIGKILL')
  await ended
  const log = await server.log()
  const of = (account: string): Logged[] => log.filter((entry) => entry.account === account)
  return { well: of('well'), sick: of('sick') }

  async function allAnswered(): Promise<void> {
    for (;;) {
      const log = await server.log()
      if (log.filter(({ account, answered }) => account === 'well' && answered).length >= WORDS.length) return
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
  }
}

function expectUnharmed(well: readonly Logged[]): void {
  expect(well.map(({ prompt }) => prompt).toSorted()).toEqual(WORDS.map((word) => `Say ${word}`).toSorted())
  expect(Math.max(...well.map(({ inFlight }) => inFlight))).toBe(AT_ONCE)
}

describe('an account', () => {
  it('beside one that hangs makes all its calls, as many at once as ever, before the first timeout of the other', async () => {
    const { well, sick } = await beside({ faults: { steps: [{ do: 'hang' }] } }, { timeoutMs: 20_000 })
    expectUnharmed(well)
    expect(sick.length).toBeLessThanOrEqual(AT_ONCE)
    expect(sick.filter(({ answered }) => answered)).toEqual([])
  })

  it('beside one that is always throttled makes all its calls while the other waits', async () => {
    const throttled = { do: 'status', status: 429, retryAfter: 30 } as const
    const { well, sick } = await beside({ faults: { steps: [throttled], forever: true } }, {})
    expectUnharmed(well)
    expect(sick.length).toBeLessThanOrEqual(AT_ONCE)
  })

  it('beside one that is down makes all its calls; few are wasted on the other', async () => {
    const down = { do: 'status', status: 503 } as const
    const { well, sick } = await beside({ faults: { steps: [down], forever: true } }, {})
    expectUnharmed(well)
    // Alone on its preflight, then until the breaker opens, with what was in flight by then.
    const afterwards = sick.toSorted((a, b) => a.arrivedMs - b.arrivedMs).slice(5 + AT_ONCE)
    // From then on one call at a time tries whether it is back, after waits that grow: how many do is a matter of time.
    for (const { inFlight } of afterwards) expect(inFlight).toBe(1)
    expect(sick.length).toBeLessThan(WORDS.length / 2)
  })
})
