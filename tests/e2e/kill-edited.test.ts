import { beforeEach, describe, expect, it } from 'vitest'
import { startServer } from '../faults/start-server.ts'
import type { FaultServer } from '../faults/start-server.ts'
import { faultSuite, passed, QUICK, wordsOf } from '../faults/suite.ts'
import { Project } from './cli.ts'
import { begunRun, killAt } from './kill.ts'

const CASES = 60
const PROMPTS = ['Say {{word}}', 'Write {{word}}']
const ASSAY = { ...QUICK, limits: { '*': { concurrency: 4 } } }

function suite(prompts = PROMPTS, words = wordsOf(CASES)): string {
  return String(faultSuite({ providers: [{ account: 'a' }], prompts, words, assay: ASSAY })['suite.yaml'])
}

let server: FaultServer
let project: Project
let run: string
/** Prompts whose reply was on record when the run was killed. */
let stored: Set<string>

/** A run that was killed after some forty of its 120 calls. */
beforeEach(async () => {
  server = await startServer({ accounts: { a: { latency: { medianMs: 5 } } } })
  project = new Project(
    faultSuite({ providers: [{ account: 'a' }], prompts: PROMPTS, words: wordsOf(CASES), assay: ASSAY }),
  )
  const running = project.start(['run', 'suite.yaml'], { env: server.env })
  await killAt({ after: 'calls', more: 40 }, { project, server, running })
  run = begunRun(project) ?? ''
  stored = new Set(
    project.journal(run).flatMap((line) => (line.kind === 'call' ? line.result.request.prompt : [])),
  )
  if (stored.size < 20 || stored.size > 60) throw new Error(`killed with ${stored.size} replies on record`)
  return () => server.stop()
})

/** Resumes with another suite, and returns the prompts of the calls that were made. */
async function resumeWith(
  changed: string,
): Promise<{ readonly called: string[]; readonly summary: unknown }> {
  project.write('suite.yaml', changed)
  const before = (await server.log()).length
  const ended = await project.assay(['resume', run, '--json'], { env: server.env })
  const log = await server.log()
  return { called: log.slice(before).map(({ prompt }) => prompt), summary: passed(ended) }
}

function missing(prompts: readonly string[]): string[] {
  return prompts.filter((prompt) => !stored.has(prompt)).toSorted()
}

function promptsOf(verb: string, words = wordsOf(CASES)): string[] {
  return words.map((word) => `${verb} ${word}`)
}

describe('a suite that is changed between the kill and the resume', () => {
  it('not at all: what is missing is called', async () => {
    const { called } = await resumeWith(suite())
    expect(called.toSorted()).toEqual(missing([...promptsOf('Say'), ...promptsOf('Write')]))
  })

  it('in one prompt: its cells are called, and of the other what is missing', async () => {
    const { called, summary } = await resumeWith(suite(['Say {{word}}', 'Draw {{word}}']))
    expect(called.toSorted()).toEqual([...missing(promptsOf('Say')), ...promptsOf('Draw')].toSorted())
    expect(summary).toMatchObject({ cells: { planned: 2 * CASES, finished: 2 * CASES, absent: 0 } })
    expect(project.trials(run).filter(({ request }) => request.prompt.startsWith('Write'))).toEqual([])
  })

  it('by a case more: its cells are called besides', async () => {
    const words = [...wordsOf(CASES), 'another']
    const { called, summary } = await resumeWith(suite(PROMPTS, words))
    expect(called.toSorted()).toEqual(missing([...promptsOf('Say', words), ...promptsOf('Write', words)]))
    expect(summary).toMatchObject({ cells: { planned: 2 * CASES + 2, finished: 2 * CASES + 2 } })
  })

  it('in the variables of a case with a written id: its cells are called again, of no other one', async () => {
    const words = wordsOf(CASES).with(0, 'changed')
    const { called } = await resumeWith(suite(PROMPTS, words))
    expect(called.toSorted()).toEqual(missing([...promptsOf('Say', words), ...promptsOf('Write', words)]))
  })

  it('in its assertions: nothing more is called, and stored replies are checked by the new ones', async () => {
    const { called, summary } = await resumeWith(suite().replaceAll('"value": "re: "', '"value": "round 0"'))
    expect(called.toSorted()).toEqual(missing([...promptsOf('Say'), ...promptsOf('Write')]))
    expect(summary).toMatchObject({ cells: { planned: 2 * CASES, passed: 2 * CASES } })
    const reasons = project.trials(run).flatMap(({ checks }) => checks.map(({ pass }) => pass))
    expect(reasons).toEqual(Array.from({ length: 2 * CASES }, () => true))
  })
})
