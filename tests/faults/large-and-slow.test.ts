import { describe, expect, it } from 'vitest'
import { Project } from '../e2e/cli.ts'
import { TIMEOUT_MS } from './fault-table.ts'
import { startServer } from './start-server.ts'
import { faultSuite, passed, QUICK, wordsOf } from './suite.ts'

const MIB = 1024 * 1024
const ASSAY = { ...QUICK, timeoutMs: TIMEOUT_MS }

describe('a server', () => {
  it('whose reply is 64 MiB long has it recorded whole, once, and holds up no other cell', async () => {
    const flood = { do: 'flood', bytes: 64 * MIB } as const
    await using server = await startServer({ accounts: { long: { faults: { steps: [flood] } } } })
    const suite = faultSuite({
      providers: [{ account: 'long' }, { account: 'short' }],
      words: ['one'],
      assay: { ...QUICK, timeoutMs: 30_000 },
    })
    const project = new Project(suite)
    const ended = await project.assay(['run', 'suite.yaml', '--json'], { env: server.env })
    expect(passed(ended)).toMatchObject({ cells: { planned: 2, passed: 2 } })
    const long = project.trials().find(({ cell }) => cell.provider === 'long')
    expect(String(long?.output).length).toBeGreaterThan(64 * MIB)
    expect(await server.log()).toHaveLength(2)
  })

  it('that is slow to shake hands is given up at the timeout of the call, and answers the next one', async () => {
    await using server = await startServer({ handshakeMs: [TIMEOUT_MS + 300] })
    const project = new Project({
      ...faultSuite({ providers: [{ account: 'safe', secure: true }], words: wordsOf(3), assay: ASSAY }),
      'ca.pem': server.cert,
    })
    const env = { ...server.env, NODE_EXTRA_CA_CERTS: project.path('ca.pem') }
    const ended = await project.assay(['run', 'suite.yaml', '--json', '--concurrency', '1'], {
      env,
    })
    expect(passed(ended)).toMatchObject({ cells: { planned: 3, passed: 3 } })
    const failures = project
      .trials()
      .flatMap(({ attempts }) => attempts.flatMap(({ failure }) => failure?.kind ?? []))
    expect(failures).toEqual(['timeout'])
    // The call that was given up never reached it.
    expect(await server.log()).toHaveLength(3)
  })

  it('whose certificate nobody vouches for is a mistake of the set-up: not tried again', async () => {
    await using server = await startServer()
    const suite = faultSuite({
      providers: [{ account: 'safe', secure: true }],
      words: wordsOf(2),
      assay: ASSAY,
    })
    const project = new Project(suite)
    await project.assay(['run', 'suite.yaml', '--json'], { env: server.env })
    const attempts = project.trials().map((trial) => trial.attempts.map(({ failure }) => failure?.kind))
    expect(attempts).toEqual([['invalid'], ['invalid']])
    expect(await server.log()).toEqual([])
  })
})
