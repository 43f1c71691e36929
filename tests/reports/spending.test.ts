import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import type { Call, Trial } from '../../harness/model/trial.ts'
import type { Cost, Usage } from '../../harness/model/usage.ts'
import { renderer as terminal } from '../../reports/default.ts'
import { cost, tokensInWords } from '../../reports/format/spending.ts'
import { renderer as page } from '../../reports/html/page.ts'
import { renderer as markdown } from '../../reports/markdown.ts'
import { summarize } from '../../reports/summary.ts'
import { summarySchema } from '../../harness/record/schema/summary.ts'
import { makeRounds } from '../harness/analyze/make-feedback.ts'
import { makeTrial } from '../harness/analyze/make-trial.ts'
import { makeInput, text } from './make-input.ts'
import { pageText } from './page-text.ts'

const grading = (costUsd: Cost, usage?: Usage): Call => ({
  v: 1,
  kind: 'call',
  cellId: 'cell',
  role: 'grader',
  attempt: 0,
  result: {
    request: { prompt: 'is it polite?' },
    reply: { output: 'yes' },
    timing: { queuedMs: 0, backoffMs: 0, latencyMs: 1, trusted: true },
    ...(usage && { usage }),
    costUsd,
  },
})

const FED_BACK: readonly Trial[] = Array.from({ length: 4 }, (_, i) =>
  makeRounds({ latencies: i < 2 ? [200, 300] : [200] }, { cell: { caseId: `c${i}` } }),
)
const INPUT = makeInput({
  trials: FED_BACK,
  calls: [grading(0.25, { input: 1_000, output: 20, cacheRead: 400, cacheWrite: 50 })],
})
const UNKNOWN = makeInput({
  trials: FED_BACK,
  calls: [grading(0.25, { input: 1_000, output: 20 }), grading('unknown')],
})
const ESTIMATED = makeInput({
  trials: [makeTrial({ usage: { input: 100, output: 10, estimated: true } })],
})

async function shown(input: typeof INPUT, columns = 100): Promise<string> {
  return text(terminal.render({ ...input, terminal: { columns, color: false } }))
}

describe('what models, feedback and graders cost', () => {
  it('stands apart in the terminal, and in the total', async () => {
    const rendered = await shown(INPUT)
    expect(rendered.slice(rendered.indexOf('Spending')).split('\n\n')[0]?.split('\n')).toStrictEqual([
      'Spending',
      '  first tries  4 calls · 40 tokens in, 8 out · $0.00400',
      '  feedback     2 calls · 40 tokens in, 4 out · $0.00200',
      '  graders      1 call · 1,000 tokens in, 400 from the cache, 50 into it, 20 out · $0.250',
      '  in all       7 calls · 1,080 tokens in, 400 from the cache, 50 into it, 32 out · $0.256',
    ])
    expect(rendered).toContain('7 calls · $0.256 spent')
  })

  it.each([40, 60, 100])('fits a terminal of %i columns', async (columns) => {
    for (const line of (await shown(UNKNOWN, columns)).split('\n'))
      expect(stringWidth(line)).toBeLessThanOrEqual(columns)
  })

  it('stands apart in the summary of a pull request, and on the page', async () => {
    const summary = await text(markdown.render(INPUT))
    expect(summary).toContain('4 passed · 0 failed · 0 errored · &#36;0.256 spent')
    expect(summary).toContain('### Spending\n')
    expect(summary).toContain('| feedback | 2 | 40 | 0 | 0 | 4 | &#36;0.00200 |')
    expect(summary).toContain('| graders | 1 | 1,000 | 400 | 50 | 20 | &#36;0.250 |')
    expect(summary).toContain('| in all | 7 | 1,080 | 400 | 50 | 32 | &#36;0.256 |')
    const html = pageText(await text(page.render(INPUT)))
    expect(html).toMatch(/ Spending .* graders (?:[\d,]+ ){5}\$0\.250 /)
    expect(html).toContain('$0.256 spent')
  })

  it('stands apart for a machine, and adds up', () => {
    const summary = summarize(INPUT)
    expect(summary.spentUsd).toBe(0.256)
    expect(summary.spending).toMatchObject({
      total: { calls: 7, costUsd: 0.256 },
      firstTries: { calls: 4, costUsd: 0.004 },
      feedback: { calls: 2, costUsd: 0.002 },
      graders: { calls: 1, costUsd: 0.25 },
    })
    expect(summarySchema.strict().parse(summary)).toStrictEqual(summary)
  })

  it('is unknown where one price is, with what it is at least', async () => {
    for (const rendered of [
      await shown(UNKNOWN),
      (await text(markdown.render(UNKNOWN))).replaceAll('&#36;', '$'),
      pageText(await text(page.render(UNKNOWN))),
    ]) {
      expect(rendered).toContain('at least $0.256 spent')
      expect(rendered).toContain('at least $0.250')
      expect(rendered).not.toMatch(/NaN|\$0 spent/)
    }
    const summary = summarize(UNKNOWN)
    expect(summary.spentUsd).toBe('unknown')
    expect(summary.spending?.graders).toMatchObject({ costUsd: 'unknown', atLeastUsd: 0.25 })
    const nothing = makeInput({ trials: [makeTrial({ costUsd: 'unknown' })] })
    expect(await shown(nothing)).toContain('1 call · spend unknown')
  })

  it('is not listed where nothing but models was called, without a cache', async () => {
    const plain = makeInput({ trials: [makeTrial({ usage: { input: 10, output: 1 } })] })
    for (const renderer of [terminal, markdown])
      expect(await text(renderer.render(plain))).not.toContain('Spending')
  })
})

describe('a cost by estimated token counts', () => {
  it('is marked wherever it stands', async () => {
    const rendered = await shown(ESTIMATED, 140)
    expect(rendered).toMatch(/zero-shot .* ~\$1\.00 +0\n/)
    expect(rendered).toContain('~ cost by estimated token counts: no gate goes by it.')
    expect(rendered).toContain('~$0.00100 spent')
    expect(pageText(await text(page.render(ESTIMATED)))).toContain(' ~100 in, ~10 out ')
    expect(summarize(ESTIMATED).columns[0]?.tokens).toStrictEqual({ input: 100, output: 10, estimated: true })
  })
})

it.each([
  [{ costUsd: 1.2, tokens: { input: 1, output: 1 } }, '$1.20'],
  [{ costUsd: 0, tokens: { input: 0, output: 0 } }, '$0'],
  [{ costUsd: 'unknown', tokens: { input: 1, output: 1 } }, 'unknown'],
  [{ costUsd: 'unknown', atLeastUsd: 0.3, tokens: { input: 1, output: 1 } }, 'at least $0.300'],
  [
    { costUsd: 'unknown', atLeastUsd: 0.3, tokens: { input: 1, output: 1, estimated: true } },
    'at least ~$0.300',
  ],
] as const)('a cost of %o is "%s"', (spend, said) => {
  expect(cost(spend)).toBe(said)
})

it.each([
  [{ input: 1_200, output: 30 }, '1,200 in, 30 out'],
  [{ input: 1, output: 2, cacheWrite: 3 }, '1 in, 3 into the cache, 2 out'],
  [{ input: 0, output: 0, uncounted: 2 }, 'unknown'],
  [{ input: 9, output: 1, uncounted: 2 }, 'at least 9 in, 1 out'],
] as const)('token counts %o are "%s"', (tokens, said) => {
  expect(tokensInWords(tokens)).toBe(said)
})
