import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Trial } from '../../harness/model/trial.ts'
import type { Ended } from '../e2e/cli.ts'
import { Project } from '../e2e/cli.ts'
import { FAULTS, TIMEOUT_MS } from './fault-table.ts'
import type { Logged } from './server/script.ts'
import type { FaultServer } from './start-server.ts'
import { startServer } from './start-server.ts'
import { faultSuite, QUICK, wordsOf } from './suite.ts'

const CASES = 4
/** What is a good reply when it was answered to its end. */
const REPLIES: ReadonlySet<string> = new Set(['reply', 'trickle'])

let server: FaultServer
let log: readonly Logged[]
let ended: Ended
let trials: readonly Trial[]

/** One run meets them all: each is an account of its own. */
beforeAll(async () => {
  server = await startServer({
    seed: 7,
    accounts: Object.fromEntries(FAULTS.map(({ fault, script }) => [fault, script])),
  })
  const providers = FAULTS.map(({ fault, style, secure }) => ({
    account: fault,
    ...(style && { style }),
    ...(secure && { secure }),
  }))
  const assay = { ...QUICK, timeoutMs: TIMEOUT_MS }
  const project = new Project(faultSuite({ providers, words: wordsOf(CASES), assay }))
  ended = await project.assay(['run', 'suite.yaml', '--json'], { env: server.env })
  log = await server.log()
  trials = project.trials()
})

afterAll(() => server.stop())

function trialsOf(fault: string): Trial[] {
  return trials.filter(({ cell }) => cell.provider === fault)
}

/** The requests of a cell, in order. */
function requestsOf(fault: string, prompt: string): Logged[] {
  return log.filter((entry) => entry.account === fault && entry.prompt === prompt)
}

describe('a run that meets every fault', () => {
  it('loses no cell', () => {
    expect(ended.stderr).not.toContain('error:')
    const planned = FAULTS.length * CASES
    const errored = FAULTS.filter(({ ends }) => ends === 'errored').length * CASES
    expect(JSON.parse(ended.stdout)).toMatchObject({
      cells: { planned, finished: planned, passed: planned - errored, failed: 0, errored, absent: 0 },
    })
    expect(new Set(trials.map(({ cell }) => cell.id)).size).toBe(planned)
    expect(trials).toHaveLength(planned)
  })

  it('makes no call again that got its reply', () => {
    const replied = log.filter(({ given, answered }) => answered && REPLIES.has(given))
    const cells = replied.map(({ account, prompt }) => `${account}: ${prompt}`)
    expect(cells.length - new Set(cells).size).toBe(0)
  })
})

describe.each(FAULTS)('$fault', ({ fault, kinds, ends }) => {
  it(`is ${kinds.join(', ') || 'nothing'} on record; the cell ${ends}, after as many calls as were needed`, () => {
    expect(trialsOf(fault)).toHaveLength(CASES)
    for (const trial of trialsOf(fault)) {
      expect(trial.outcome).toBe(ends)
      const failures = trial.attempts.flatMap(({ failure }) => failure?.kind ?? [])
      expect(failures).toEqual(kinds)
      expect(requestsOf(fault, trial.request.prompt)).toHaveLength(kinds.length + (ends === 'passed' ? 1 : 0))
    }
  })

  it('leaves each try its own latency, which waits for nothing else', () => {
    for (const { attempts, request, latencyMs } of trialsOf(fault)) {
      expect(latencyMs).toBe(ends === 'passed' ? attempts.at(-1)?.timing.latencyMs : null)
      for (const [nth, { retry = 0, failure, timing }] of attempts.entries()) {
        expect(retry).toBe(nth)
        // Before a timeout is over, none is told of; a server's own time is part of the client's. Timers round to 1 ms.
        const took = requestsOf(fault, request.prompt)[nth]?.tookMs ?? 0
        const least = failure?.kind === 'timeout' ? TIMEOUT_MS : took
        expect(timing.latencyMs).toBeGreaterThanOrEqual(least - 2)
        expect(timing.backoffMs > 0).toBe(nth > 0)
      }
    }
  })
})

describe.each(FAULTS.filter(({ leastGapMs }) => leastGapMs !== undefined))(
  '$fault',
  ({ fault, leastGapMs }) => {
    it('is not tried again before the server allows', () => {
      for (const { request } of trialsOf(fault)) {
        const [failed, next] = requestsOf(fault, request.prompt)
        expect((next?.arrivedMs ?? 0) - (failed?.arrivedMs ?? 0)).toBeGreaterThanOrEqual(leastGapMs ?? 0)
      }
    })
  },
)
