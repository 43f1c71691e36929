import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Trial } from '../../../../../harness/model/trial.ts'
import { FLAGS, OUTCOMES } from '../../../../../reports/html/data/about.ts'
import { renderer } from '../../../../../reports/html/page.ts'
import type { ReportData } from '../../../../../reports/html/page/model/report-data.ts'
import { makeErrored } from '../../../../harness/analyze/make-trial.ts'
import { HOSTILE, hostileTrials } from '../../../hostile.ts'
import { makeInput, text } from '../../../make-input.ts'
import { makeCell } from './make-cells.ts'
import { openPage } from './open-page.ts'

async function opened(parts: Parameters<typeof makeInput>[0]): Promise<ReportData> {
  return openPage(await text(renderer.render(makeInput(parts))))
}

/** A record as the page has it. */
function asShown(trial: Trial): Trial {
  const { cell, checksHash } = trial
  return JSON.parse(
    JSON.stringify({
      ...trial,
      cell: {
        ...cell,
        id: cell.id.slice(0, 16),
        ...(cell.varsHash && { varsHash: cell.varsHash.slice(0, 16) }),
      },
      checksHash: checksHash.slice(0, 16),
    }),
  ) as Trial
}

/** UTF-16 units of any kind, those that JSON escapes among them more often than others. */
const hostileText = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }),
      fc.constantFrom(0, 10, 13, 34, 60, 92, 0x7f, 0x2028, 0xd800, 0xdc00, 0x202e),
    ),
    { maxLength: 40 },
  )
  .map((units) => String.fromCharCode(...units))

describe('a page, written and read', () => {
  it('gives back every record, whatever its texts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(hostileText, hostileText, fc.jsonValue()), { minLength: 1 }),
        async (all) => {
          const trials = all.map(([prompt, name, output], i) =>
            makeCell({
              cell: {
                caseId: `c${i}`,
                vars: { [name]: output },
                varsHash: 'f'.repeat(64),
                description: name,
              },
              request: { prompt },
              output,
              reason: name,
              checks: [{ type: 'equals', metric: name, pass: false, score: null, reason: prompt }],
              checksHash: 'e'.repeat(64),
            }),
          )
          const { texts } = await opened({ trials })
          for (const [row, trial] of trials.entries())
            expect(await texts.read('main', row)).toEqual(asShown(trial))
        },
      ),
      { numRuns: 25, seed: 7 },
    )
  })

  it('gives back records over the bounds of blocks, and one longer than a block', async () => {
    const trials = Array.from({ length: 1_030 }, (_, i) =>
      makeCell({ cell: { caseId: `c${i}` }, output: `reply ${i}` }),
    )
    trials[700] = makeCell({ cell: { caseId: 'c700' }, output: 'x'.repeat(5_000_000) })
    const data = await opened({ trials })
    expect(data.about.main.starts).toStrictEqual([0, 512, 701])
    for (const row of [0, 511, 512, 699, 700, 701, 1_029])
      expect((await data.texts.read('main', row)).output).toBe(trials[row]?.output)
    await expect(data.texts.read('main', 1_030)).rejects.toThrow('no such cell')
    await expect(data.texts.read('base', 0)).rejects.toThrow('no such cell')
  })

  it('has the numbers of every row, and NaN for what was not measured', async () => {
    const usage = { input: 10, output: 5, cacheRead: 90, estimated: true }
    const first = makeCell({
      cell: { repeat: 70_000 },
      score: 0.5,
      namedScores: { tone: 0.25 },
      latencyMs: 812.3456789,
      ttftMs: 41,
      costUsd: 0.002,
      usage,
      response: { isRefusal: true },
    })
    const trials = [first, makeErrored('down', { prompt: 'few-shot', id: 'ab'.repeat(32) })]
    const { main, about } = await opened({ trials })
    expect(about.metrics).toStrictEqual(['tone'])
    expect(main.columns).toStrictEqual([
      { prompt: 'zero-shot', provider: 'flash' },
      { prompt: 'few-shot', provider: 'flash' },
    ])
    expect([...main.outcome].map((one) => OUTCOMES[one])).toStrictEqual(['passed', 'errored'])
    expect([...main.column]).toStrictEqual([0, 1])
    expect([...main.repeat]).toStrictEqual([65_535, 0])
    expect([...main.score]).toStrictEqual([0.5, NaN])
    expect([...(main.metrics[0] ?? [])]).toStrictEqual([0.25, NaN])
    expect([...main.latencyMs]).toStrictEqual([Math.fround(812.3456789), NaN])
    expect([...main.ttftMs]).toStrictEqual([41, NaN])
    expect([...main.costUsd]).toStrictEqual([Math.fround(0.002), NaN])
    expect([...main.tokensIn]).toStrictEqual([100, NaN])
    expect([...main.tokensOut]).toStrictEqual([5, NaN])
    expect([...main.attempts]).toStrictEqual([1, 1])
    expect([...main.flags]).toStrictEqual([FLAGS.refused | FLAGS.estimated, 0])
    expect(Array.from(main.ids.slice(2))).toStrictEqual([0xabababab, 0xabababab])
  })

  it('keeps numbers that cannot be out of the table, and in the record', async () => {
    const attempts = Array.from({ length: 70_000 }, () => makeCell().attempts[0]).filter(
      (one) => one !== undefined,
    )
    const trial = makeCell({ latencyMs: -5, costUsd: -1, score: Infinity, attempts })
    const { main, texts } = await opened({ trials: [trial] })
    expect([main.latencyMs[0], main.costUsd[0], main.attempts[0]]).toStrictEqual([NaN, NaN, 65_535])
    expect((await texts.read('main', 0)).latencyMs).toBe(-5)
  })

  it('numbers cases in the order of the suite, whichever came first', async () => {
    const trials = [9, 3, 5].map((line) =>
      makeCell({
        cell: {
          caseId: `line-${line}`,
          description: line === 3 ? 'd'.repeat(400) : undefined,
          metadata: { tags: line === 5 ? ['a', 'b'] : 'b' },
          source: { file: 'cases.csv', line },
        },
      }),
    )
    const { main, cases } = await opened({ trials })
    expect([...main.case]).toStrictEqual([2, 0, 1])
    expect(cases.size).toBe(3)
    expect(cases.label(1)).toStrictEqual({
      id: 'line-5',
      description: '',
      file: 'cases.csv',
      line: 5,
      tags: ['a', 'b'],
    })
    expect(cases.label(0).description).toHaveLength(200)
    expect(cases.label(2).tags).toStrictEqual(['b'])
  })

  it.each([
    ['no cell', []],
    ['one cell', [makeCell()]],
    ['errors alone', [makeErrored('503'), makeErrored('503', { repeat: 1 })]],
    ['hostile texts alone', hostileTrials()],
    [
      '40 metrics',
      [
        makeCell({
          namedScores: Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`m${i}`, i / 40])),
        }),
      ],
    ],
    ['300 columns', Array.from({ length: 300 }, (_, i) => makeCell({ cell: { prompt: `p${i}` } }))],
  ])('holds for a run of %s', async (_, trials) => {
    const { main, about, texts } = await opened({ trials })
    expect(main.rows).toBe(trials.length)
    expect(main.metrics).toHaveLength(about.metrics.length)
    expect(main.columns[main.column[main.rows - 1] ?? -1]?.prompt).toBe(trials.at(-1)?.cell.prompt)
    for (const row of trials.keys())
      expect((await texts.read('main', row)).output).toEqual(trials[row]?.output)
  })

  it('says how many metrics have no column', async () => {
    const namedScores = Object.fromEntries(Array.from({ length: 130 }, (_, i) => [`m${i}`, 1]))
    const rendered = await text(renderer.render(makeInput({ trials: [makeCell({ namedScores })] })))
    expect(rendered).toContain('30 metrics of this run have no column in the table')
    const data = await openPage(rendered)
    expect(data.main.metrics).toHaveLength(100)
    expect((await data.texts.read('main', 0)).namedScores).toHaveProperty('m129', 1)
  })

  it('is the same file for the same run', async () => {
    const trials = Array.from({ length: 600 }, (_, i) =>
      makeCell({ cell: { caseId: `c${i}`, description: HOSTILE } }),
    )
    expect(await text(renderer.render(makeInput({ trials })))).toBe(
      await text(renderer.render(makeInput({ trials }))),
    )
  })
})
