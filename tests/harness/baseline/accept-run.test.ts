import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readBaseline } from '../../../harness/baseline/read-baseline.ts'
import type { JournalLine, Trial } from '../../../harness/model/trial.ts'
import { openRun } from '../../../harness/record/open-run.ts'
import { makeRedactor } from '../../../harness/record/redact.ts'
import { StoredReplies } from '../../../harness/record/stored-replies.ts'
import { makeRandom } from '../../../harness/stats/random.ts'
import { makeCall } from '../record/make-lines.ts'
import { acceptInto, filesOf } from './accept-into.ts'
import { makeCell, makeCells, makeFolder, writeRun } from './make-run.ts'

function runOf(lines: readonly JournalLine[], more?: Parameters<typeof writeRun>[2]): string {
  const dir = join(makeFolder(), 'run')
  writeRun(dir, lines, more)
  return dir
}

/** The lines of several cells mixed as calls in flight mix them: each cell's own stay in order. */
function interleave(cells: readonly JournalLine[][], seed: number): JournalLine[] {
  const random = makeRandom(seed)
  const queues = cells.map((lines) => [...lines])
  const mixed: JournalLine[] = []
  for (let left = queues; left.length > 0; left = left.filter((queue) => queue.length > 0)) {
    const line = left[Math.floor(random() * left.length)]?.shift()
    if (line !== undefined) mixed.push(line)
  }
  return mixed
}

function linesOf(text: string): JournalLine[] {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as JournalLine)
}

describe('acceptRun', () => {
  it('writes the scores of every case, column and repeat, and reads them back', async () => {
    const suite = makeFolder()
    const run = runOf([
      ...makeCell('b', { outcome: 'failed' }),
      ...makeCell('b', { repeat: 1 }),
      ...makeCell('b', { provider: 'sonnet', outcome: 'errored' }),
      ...makeCell('a', { repeat: 1, outcome: 'errored' }),
      ...makeCell('a'),
    ])
    const { baseline } = await acceptInto(suite, run)
    expect(baseline).toMatchObject({
      v: 1,
      run: '20260131-142530-123-k3f9',
      suite: { name: 'sentiment', hash: 'suite-hash' },
      accepted: { at: '2026-02-01T08:00:00.000Z', by: 'Ada <ada@example.org>', commit: 'abc' },
      repeat: 3,
      replies: true,
      columns: [
        { prompt: 'zero-shot', provider: 'flash', hash: 'hash-0' },
        { prompt: 'zero-shot', provider: 'sonnet', hash: 'hash-1' },
      ],
    })
    expect(baseline.cases.map(({ id, scores, errored }) => ({ id, scores, errored }))).toEqual([
      {
        id: 'a',
        scores: { 'zero-shot × flash': { accuracy: [0.75], pass: [1] } },
        errored: { 'zero-shot × flash': 1 },
      },
      {
        id: 'b',
        scores: { 'zero-shot × flash': { accuracy: [0.5, 0.75], pass: [0, 1] } },
        errored: { 'zero-shot × sonnet': 1 },
      },
    ])
    expect(await readBaseline(join(suite, 'baseline.json'))).toEqual(baseline)
  })

  it('gives each case one line, so that a diff names the case that moved', async () => {
    const [before, after] = [makeFolder(), makeFolder()]
    await acceptInto(before, runOf(makeCells(['a', 'b', 'c'], 1).flat()))
    const moved = makeCells(['a', 'c'], 1).flat()
    await acceptInto(
      after,
      runOf([...moved, ...makeCell('b', { outcome: 'failed' }), ...makeCell('b', { provider: 'sonnet' })]),
    )
    const [old, now] = [before, after].map((dir) => filesOf(dir).baseline.split('\n')) as [string[], string[]]
    expect(now).toHaveLength(old.length)
    const changed = now.filter((line, index) => line !== old[index]).map((line) => line.trim().slice(0, 11))
    expect(changed).toEqual([expect.stringMatching(/^"hash"/), '{"id":"b","'])
  })

  it('makes the same bytes of the same cells, in whatever order they finished', async () => {
    const cells = makeCells(['c-10', 'c-2', 'a'], 3)
    const written = await Promise.all(
      [1, 2].map(async (seed) => {
        const suite = makeFolder()
        await acceptInto(suite, runOf(interleave(cells, seed)))
        return filesOf(suite)
      }),
    )
    expect(written[0]).toEqual(written[1])
  })

  it('leaves every byte as it is when a run is accepted again, and tells the time of another acceptance', async () => {
    const suite = makeFolder()
    const run = runOf(makeCells(['a', 'b'], 2).flat())
    const later = { at: '2026-03-01T08:00:00.000Z', by: 'Ada <ada@example.org>', commit: 'abc' }
    await acceptInto(suite, run)
    const first = filesOf(suite)
    await acceptInto(suite, run, { accepted: later })
    expect(filesOf(suite)).toEqual(first)
    await acceptInto(suite, run, { accepted: { ...later, reason: 'looked at twice' } })
    expect(JSON.parse(filesOf(suite).baseline)).toMatchObject({ accepted: { at: later.at } })
  })

  it('makes a run folder of what lies behind the scores, sorted, with the calls of a cell before its trial', async () => {
    const suite = makeFolder()
    const stray = makeCall('', 'of no cell')
    const lone = makeCall('a-flash-9', 'its trial was never written')
    const run = runOf([lone, stray, ...interleave(makeCells(['b', 'a'], 2), 3)])
    await acceptInto(suite, run)
    const lines = linesOf(filesOf(suite).trials)
    expect(
      lines.map((line) => (line.kind === 'trial' ? `trial ${line.cell.id}` : `${line.role} ${line.cellId}`)),
    ).toEqual([
      ...['flash', 'sonnet'].flatMap((provider) =>
        ['a', 'b'].flatMap((caseId) =>
          [0, 1].flatMap((repeat) =>
            ['model', 'grader', 'trial'].map((kind) => `${kind} ${caseId}-${provider}-${repeat}`),
          ),
        ),
      ),
      'model ',
    ])

    const dir = join(suite, 'baseline')
    expect((await openRun(dir, dir)).manifest).toEqual((await openRun(run, run)).manifest)
    const replies = await StoredReplies.open(dir)
    expect(await replies.triesOf('b-sonnet-1', 0)).toMatchObject([{ reply: { output: 'said of b' } }])
    await replies.close()
  })

  it('keeps outcomes, times and costs with --no-replies, and nothing that was said', async () => {
    const suite = makeFolder()
    const run = runOf([
      ...makeCell('a', { output: 'SECRET REPLY', vars: { text: 'x', _conversation: ['SECRET REPLY'] } }),
      ...makeCell('b', { outcome: 'errored', output: 'SECRET REPLY' }),
    ])
    const { baseline } = await acceptInto(suite, run, { replies: false })
    expect(baseline.replies).toBe(false)
    const { trials } = filesOf(suite)
    expect(trials).not.toMatch(/SECRET REPLY|a judgement|was said|it threw/)
    expect(linesOf(trials)).toMatchObject([
      { kind: 'trial', outcome: 'passed', output: null, response: {}, latencyMs: 100, costUsd: 0.002 },
      { kind: 'trial', outcome: 'errored', score: null, latencyMs: 100 },
    ])
    expect((linesOf(trials)[0] as Trial).cell.vars).toEqual({ text: 'x' })
  })

  it('takes out what the suite has come to call a secret since the run', async () => {
    const suite = makeFolder()
    const run = runOf(makeCell('a', { output: 'order 4711-0815' }))
    const redact = makeRedactor({ patterns: [String.raw`\d{4}-\d{4}`] })
    await acceptInto(suite, run, {
      redact,
      accepted: { at: '2026-02-01T08:00:00.000Z', reason: 'see 4711-0815' },
    })
    expect(Object.values(filesOf(suite)).join('')).not.toContain('4711')
    expect((await readBaseline(join(suite, 'baseline.json'))).accepted.reason).toBe(
      'see [redacted:pattern-a734]',
    )
  })

  it('leaves out the columns of another baseline that were run beside its own', async () => {
    const suite = makeFolder()
    const run = runOf(makeCells(['a'], 1).flat(), {
      columns: [
        { prompt: 'zero-shot', provider: 'flash', hash: 'hash-0' },
        {
          prompt: 'zero-shot',
          provider: 'sonnet',
          hash: 'hash-1',
          baseline: { prompt: 'zero-shot', provider: 'sonnet' },
        },
      ],
    })
    const { baseline } = await acceptInto(suite, run)
    expect(baseline.columns.map(({ provider }) => provider)).toEqual(['flash'])
    const dir = join(suite, 'baseline')
    expect((await openRun(dir, dir)).manifest.providers.map(({ key }) => key)).toEqual(['flash'])
    expect(filesOf(suite).trials).not.toContain('a-sonnet-0')
  })

  it('replaces an older baseline as a whole, and leaves that of another suite in the folder alone', async () => {
    const suite = makeFolder()
    mkdirSync(join(suite, 'baseline/nightly'), { recursive: true })
    writeFileSync(join(suite, 'baseline/nightly/manifest.json'), '{}')
    mkdirSync(join(suite, 'baseline/.new'))
    writeFileSync(join(suite, 'baseline/.new/trials.jsonl'), 'half a li')
    await acceptInto(suite, runOf(makeCells(['old'], 1).flat(), { id: 'old-run' }))
    await acceptInto(suite, runOf(makeCells(['new'], 1).flat(), { id: 'new-run' }))
    expect(Object.values(filesOf(suite)).join('')).not.toContain('old')
    expect(readdirSync(join(suite, 'baseline')).sort()).toEqual(['manifest.json', 'nightly', 'trials.jsonl'])
    expect(readFileSync(join(suite, 'baseline/nightly/manifest.json'), 'utf8')).toBe('{}')
  })

  it('keeps the old baseline whole when the new one cannot be made', async () => {
    const suite = makeFolder()
    await acceptInto(suite, runOf(makeCells(['old'], 1).flat()))
    const before = filesOf(suite)
    const broken = runOf(makeCells(['new'], 1).flat())
    const fail = (): string => {
      throw new Error('in the middle of it')
    }
    const redact = Object.assign((json: string) => (json.includes('"kind"') ? fail() : json), { text: fail })
    await expect(acceptInto(suite, broken, { redact })).rejects.toThrow('in the middle of it')
    expect(filesOf(suite)).toEqual(before)
    expect(existsSync(join(suite, 'baseline/.new'))).toBe(false)
  })

  it('refuses a run without a finished cell, and a file in the place of its folder', async () => {
    await expect(acceptInto(makeFolder(), runOf([]))).rejects.toMatchObject({ code: 'usage', exitCode: 2 })
    const suite = makeFolder()
    writeFileSync(join(suite, 'baseline'), '')
    const run = runOf(makeCells(['a'], 1).flat())
    await expect(acceptInto(suite, run)).rejects.toMatchObject({ code: 'usage' })
    expect(existsSync(join(suite, 'baseline.json'))).toBe(false)
  })

  it('replaces a baseline that cannot be read, and says so', async () => {
    const suite = makeFolder()
    writeFileSync(join(suite, 'baseline.json'), '<<<<<<< ours\n')
    const warnings: string[] = []
    await acceptInto(suite, runOf(makeCells(['a'], 1).flat()), { onWarning: (said) => warnings.push(said) })
    expect(warnings).toEqual([expect.stringContaining('merge conflict')])
    expect((await readBaseline(join(suite, 'baseline.json'))).cases).toHaveLength(1)
  })

  it('settles the margin once: by the suite, else as it was, else by the number of units', async () => {
    const suite = makeFolder()
    const cells = (count: number) => Array.from({ length: count }, (_, i) => makeCell(`c-${i}`)).flat()
    expect((await acceptInto(suite, runOf(cells(39)))).margin).toEqual({
      margin: null,
      from: 'size',
      units: 39,
    })
    expect((await acceptInto(suite, runOf(cells(40)))).margin).toEqual({
      margin: 0.1,
      from: 'size',
      units: 40,
    })
    expect((await acceptInto(suite, runOf(cells(150)))).margin).toMatchObject({
      margin: 0.1,
      from: 'replaced',
    })
    expect((await acceptInto(suite, runOf(cells(10)), { margin: 0.03 })).margin).toMatchObject({
      margin: 0.03,
      from: 'suite',
    })
    expect((await acceptInto(makeFolder(), runOf(cells(150)))).baseline.margin).toBe(0.05)
  })

  it('counts clusters as units, and cases without one each for itself', async () => {
    const cells = Array.from({ length: 60 }, (_, i) =>
      makeCell(`c-${i}`, { vars: i < 50 ? { doc: i % 5 } : {} }),
    )
    const { margin } = await acceptInto(makeFolder(), runOf(cells.flat()), { cluster: 'vars.doc' })
    expect(margin).toEqual({ margin: null, from: 'size', units: 15 })
  })
})
