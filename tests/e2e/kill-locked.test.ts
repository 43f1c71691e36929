import { describe, expect, it } from 'vitest'
import { startServer } from '../faults/start-server.ts'
import { faultSuite, passed, wordsOf } from '../faults/suite.ts'
import { Project } from './cli.ts'
import { begunRun, settledCalls } from './kill.ts'

describe('a run folder', () => {
  it('that a process is writing is refused to a second one, which calls nothing; once that is killed, it is not', async () => {
    await using server = await startServer({ accounts: { a: { faults: { steps: [{ do: 'hang' }] } } } })
    const project = new Project(faultSuite({ providers: [{ account: 'a' }], words: wordsOf(3) }))
    const first = project.start(['run', 'suite.yaml'], { env: server.env })
    await server.reached(1)
    const run = begunRun(project) ?? ''
    const before = project.read(`${run}/trials.jsonl`)

    const second = await project.assay(['resume', run], { env: server.env })
    expect(second).toMatchObject({ code: 2, stdout: '' })
    expect(second.stderr).toContain(String(first.child.pid))
    expect(project.read(`${run}/trials.jsonl`)).toBe(before)

    first.child.kill('SIGKILL')
    await first.ended
    await server.follow({})
    const third = await project.assay(['resume', run, '--json'], { env: server.env })
    expect(passed(third)).toMatchObject({ cells: { planned: 3, passed: 3, absent: 0 } })
  })

  it('that two processes resume at once is resumed by one of them', async () => {
    await using server = await startServer({ accounts: { a: { faults: { steps: [{ do: 'hang' }] } } } })
    const project = new Project(faultSuite({ providers: [{ account: 'a' }], words: wordsOf(30) }))
    const first = project.start(['run', 'suite.yaml'], { env: server.env })
    await server.reached(1)
    first.child.kill('SIGKILL')
    await first.ended
    const made = await settledCalls(server)
    await server.follow({ accounts: { a: { latency: { medianMs: 100 } } } })

    const run = begunRun(project) ?? ''
    const both = [1, 2].map(() => project.assay(['resume', run], { env: server.env }))
    const codes = (await Promise.all(both)).map(({ code }) => code)
    // Whichever comes second finds the folder taken; or, had the first one ended by then, complete.
    expect(codes).toContain(0)
    expect(await server.log()).toHaveLength(made + 30)
    expect(project.trials(run)).toHaveLength(30)
  })
})
