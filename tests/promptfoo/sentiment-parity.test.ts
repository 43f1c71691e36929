import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Trial } from '../../harness/model/trial.ts'
import type { PromptfooRow } from './run-promptfoo.ts'
import { runPromptfoo } from './run-promptfoo.ts'

const ROOT = join(import.meta.dirname, '../..')
const SUITE = join(ROOT, 'suites/sentiment/suite.yaml')
const REPEATS = 3
const TIMED = 'latency'

/** What must be equal; where a latency limit was crossed, on one machine at one moment, only what it has no part in. */
interface Cell {
  readonly name: string
  readonly prompt: string
  readonly output: unknown
  readonly outcome: string
  readonly score: number
  readonly namedScores: Readonly<Record<string, number>>
}

describe('the sentiment suite, by promptfoo’s own command line and by assay’s', () => {
  let theirs: Map<string, Cell>
  let ours: Map<string, Cell>
  let dir: string

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'assay-sentiment-'))
    const out = join(dir, 'run')
    // One after the other: latency is among the checks.
    const promptfoo = await runPromptfoo(dir, { suite: SUITE, args: ['--repeat', `${REPEATS}`, '-j', '20'] })
    const argv = [join(ROOT, 'bin/assay.mjs'), 'run', SUITE, '--json', '--out', out]
    await promisify(execFile)(process.execPath, argv, { cwd: dir, env: withoutVitest(process.env) })
    theirs = byName(withRepeats(promptfoo.rows))
    ours = byName((await trialsIn(out)).map(cellOfTrial))
  }, 180_000)
  afterAll(() => rm(dir, { recursive: true, force: true }))

  it('are the same cells: each case, prompt, provider and repeat', () => {
    expect(theirs.size).toBeGreaterThanOrEqual(150 * 4 * REPEATS)
    expect([...ours.keys()].sort()).toEqual([...theirs.keys()].sort())
  })

  it('send the same prompts and get the same replies', () => {
    for (const [name, { prompt, output }] of theirs) {
      expect(ours.get(name)).toMatchObject({ prompt, output })
    }
  })

  it('come to the same verdict, score and named scores in every cell', () => {
    let untimed = 0
    for (const [name, cell] of theirs) {
      const own = ours.get(name)
      if (own === undefined) throw new Error(`assay has no ${name}`)
      if (own.namedScores[TIMED] === 1 && cell.namedScores[TIMED] === 1) {
        expect(own).toEqual(cell)
        continue
      }
      untimed++
      expect({ ...own.namedScores, [TIMED]: 0 }).toEqual({ ...cell.namedScores, [TIMED]: 0 })
    }
    // A reply takes milliseconds and may take 5 s.
    expect(untimed).toBeLessThan(theirs.size / 100)
  })

  it('have cells that pass and cells that fail', () => {
    expect(new Set([...theirs.values()].map(({ outcome }) => outcome))).toEqual(new Set(['passed', 'failed']))
  })
})

/**
 * promptfoo does not say which repeat a row is: the rows of one case and column are its repeats, in order. Its label of a prompt is
 * ours, the path and the whole text.
 */
function withRepeats(rows: readonly PromptfooRow[]): Cell[] {
  const seen = new Map<string, number>()
  return rows.map((row) => {
    const key = `${String(row.testCase.metadata?.['id'])} ${row.prompt.label.split(':', 1)[0]} ${row.provider.label}`
    const repeat = seen.get(key) ?? 0
    seen.set(key, repeat + 1)
    return {
      name: `${key} ${repeat}`,
      prompt: row.prompt.raw,
      output: row.response?.output,
      outcome: row.success ? 'passed' : row.failureReason === 2 ? 'errored' : 'failed',
      score: row.score ?? Number.NaN,
      namedScores: row.namedScores ?? {},
    }
  })
}

function cellOfTrial({ cell, request, output, outcome, score, namedScores }: Trial): Cell {
  const name = `${cell.caseId} ${cell.prompt} ${cell.provider} ${cell.repeat}`
  return { name, prompt: request.prompt, output, outcome, score: score ?? Number.NaN, namedScores }
}

async function trialsIn(dir: string): Promise<Trial[]> {
  const lines = (await readFile(join(dir, 'trials.jsonl'), 'utf8')).trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line) as Trial).filter(({ kind }) => kind === 'trial')
}

function byName(cells: readonly Cell[]): Map<string, Cell> {
  return new Map(cells.map((cell) => [cell.name, cell]))
}

function withoutVitest(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(VITEST|NODE_ENV)/.test(name)))
}
