import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { HarnessError } from '../../harness/model/errors.ts'
import { historyCommand } from '../../scripts/commands/history.ts'
import { writeHistoryIndex } from '../../scripts/history-index.ts'
import type { Io } from '../../scripts/io.ts'
import { makeEntry, makeSuiteFolder, runId, writeRun } from '../harness/history/make-runs.ts'

function capture(cwd: string): { io: Io; out: string[]; err: string[] } {
  const out: string[] = []
  const err: string[] = []
  const io = {
    out: (text: string) => out.push(text),
    err: (text: string) => err.push(text),
    cwd,
    terminal: { columns: 100, color: false },
  } as unknown as Io
  return { io, out, err }
}

/** A working directory with two suites, of two runs and of one. */
function twoSuites(): string {
  const dir = makeSuiteFolder()
  writeRun(dir, runId(1))
  writeRun(dir, runId(2))
  const mail = join(dirname(dir), 'mail-in')
  mkdirSync(mail)
  writeRun(mail, runId(3), { manifest: { suite: { name: 'mail in', file: 'mail in.yaml', hash: 'h' } } })
  mkdirSync(join(dirname(dir), 'no-suite'))
  return dirname(dirname(dir))
}

async function json(cwd: string, asked?: string, limit?: number): Promise<unknown> {
  const { io, out, err } = capture(cwd)
  expect(await historyCommand(io, asked, { json: true, ...(limit !== undefined && { limit }) })).toBe(0)
  expect([out.length, err]).toStrictEqual([1, []])
  return JSON.parse(out.join(''))
}

async function refusal(cwd: string, asked?: string): Promise<HarnessError> {
  const error: unknown = await historyCommand(capture(cwd).io, asked, { json: false }).catch(
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(HarnessError)
  return error as HarnessError
}

describe('the history command', () => {
  it('goes over every suite in runs/, and over no other folder there', async () => {
    const cwd = twoSuites()
    expect(await json(cwd)).toMatchObject({
      v: 1,
      suites: [
        { suite: 'mail in', runs: [{}] },
        { suite: 'sentiment', runs: [{}, {}] },
      ],
    })
    const { io, out } = capture(cwd)
    await historyCommand(io, undefined, { json: false })
    expect(out.join('')).toMatch(
      /^mail in {2}1 run\n[^]*\nPage: runs\/mail-in\/index\.html\n\nsentiment {2}2 runs\n/,
    )
    expect(existsSync(join(cwd, 'runs/no-suite/index.html'))).toBe(false)
  })

  it('finds a suite by its name, though its folder is called otherwise', async () => {
    const cwd = twoSuites()
    for (const asked of [
      'mail in',
      'mail-in',
      join('runs', 'mail-in'),
      join('runs', 'mail-in', runId(3)),
      'last',
    ])
      expect(await json(cwd, asked)).toMatchObject({ v: 1, suite: 'mail in', runs: [{ id: runId(3) }] })
  })

  it('prints the newest runs alone with --limit, and keeps all in the page', async () => {
    const cwd = twoSuites()
    expect(await json(cwd, 'sentiment', 1)).toMatchObject({ runs: [{ id: runId(2) }] })
    const page = readFileSync(join(cwd, 'runs/sentiment/index.html'), 'utf8')
    for (const n of [1, 2]) expect(page).toContain(`./${runId(n)}/report.html`)
  })

  it('names the suite that may be meant, and says what to do where there is none', async () => {
    expect(await refusal(twoSuites(), 'sentimnt')).toMatchObject({
      code: 'usage',
      hint: 'Did you mean "sentiment"?',
    })
    const cwd = twoSuites()
    mkdirSync(join(cwd, 'runs', 'roll-up'))
    expect((await refusal(cwd, 'roll-up')).hint).not.toContain('roll-up')
    const empty = dirname(dirname(makeSuiteFolder()))
    expect(await refusal(empty)).toMatchObject({ code: 'usage', hint: 'Run a suite first.' })
    expect((await refusal(join(empty, 'runs'), 'x')).hint).toBe('Run the suite first.')
  })

  it('does not take a folder above runs for a suite', async () => {
    const cwd = twoSuites()
    expect((await refusal(cwd, '.')).message).toContain('there is no run of .')
    expect((await refusal(cwd, 'runs')).message).toContain('there is no run of runs')
  })

  it('does not take the folder of a run that was put elsewhere for a suite’s', async () => {
    const cwd = twoSuites()
    writeRun(cwd, 'out')
    expect((await refusal(cwd, 'out')).message).toContain('does not lie beside the other runs of sentiment')
    expect(existsSync(join(cwd, 'index.html'))).toBe(false)
  })
})

describe('a page that cannot be written', () => {
  it('is told, and stops nothing', async () => {
    const warnings: string[] = []
    const history = {
      suite: 's',
      runs: [makeEntry(1)],
      shifts: [],
      looked: { runs: 1, needed: 8 },
      unread: [],
    }
    await writeHistoryIndex(history, join(makeSuiteFolder(), 'gone'), (message) => warnings.push(message))
    expect(warnings).toStrictEqual([expect.stringContaining("page of the suite's runs is not written")])
  })
})
