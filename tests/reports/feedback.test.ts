import stringWidth from 'string-width'
import { describe, expect, it } from 'vitest'
import { analysisSchema } from '../../harness/record/schema/analysis.ts'
import { renderer as terminal } from '../../reports/default.ts'
import { NOTHING } from '../../reports/format/figures.ts'
import { renderer as page } from '../../reports/html/page.ts'
import { renderer as markdown } from '../../reports/markdown.ts'
import { summarize } from '../../reports/summary.ts'
import { makeRounds } from '../harness/analyze/make-feedback.ts'
import { makeTrial } from '../harness/analyze/make-trial.ts'
import { makeInput, text } from './make-input.ts'
import { pageText, staticPage } from './page-text.ts'

const TRIALS = Array.from({ length: 10 }, (_, i) =>
  makeRounds(
    { latencies: i < 4 ? [200, 300] : [200] },
    {
      cell: { caseId: `c${i}`, prompt: 'a | <b>' },
      outcome: i === 0 ? 'failed' : 'passed',
      score: i === 0 ? 0 : 1,
    },
  ),
)
const INPUT = makeInput({ trials: TRIALS })
const WITHOUT = makeInput({ trials: [makeTrial()] })

describe('first and last tries apart, and what the tries between took', () => {
  it('stand in the terminal', async () => {
    const rendered = await text(terminal.render({ ...INPUT, terminal: { columns: 80, color: false } }))
    expect(rendered.slice(rendered.indexOf('Feedback')).split('\n\n')[0]?.split('\n')).toStrictEqual([
      'Feedback',
      '  a | <b> × flash',
      '    first try 60.0% · 95% interval 31.3–83.2% · last try 90.0% · sent back 4 ·',
      '    then passed 3 · scored lower 0 · tries a cell 1.40 · time added 1.20 s · per',
      '    cell sent back 300 ms · tokens added 80 in, 8 out · cost added $0.00400',
      '  A reply that failed its checks was sent back with the reasons. Pass rates',
      '  elsewhere are of the last try; latency is of first tries; cost is of all.',
    ])
  })

  it('are shown of an analysis that was written before tokens were counted', async () => {
    const columns = INPUT.analysis.columns.map(({ feedback, ...column }) => {
      const { addedTokens: _, ...before } = feedback!
      return { ...column, feedback: before }
    })
    const { spending: _, ...analysis } = { ...INPUT.analysis, columns }
    expect(analysisSchema.parse(analysis)).toEqual(analysis)
    const input = { ...INPUT, analysis }
    const rendered = await text(terminal.render({ ...input, terminal: { columns: 200, color: false } }))
    expect(rendered).toContain(`tokens added ${NOTHING} · cost added $0.00400`)
    expect(rendered).not.toContain('Spending')
    expect(await text(markdown.render(input))).toContain('### Feedback\n')
    expect(pageText(await text(page.render(input)))).toContain(' Feedback ')
  })

  it.each([40, 100])('fit a terminal of %i columns', async (columns) => {
    const rendered = await text(terminal.render({ ...INPUT, terminal: { columns, color: false } }))
    for (const line of rendered.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(columns)
  })

  it('are a table in the summary of a pull request, and on the page', async () => {
    const summary = await text(markdown.render(INPUT))
    expect(summary).toContain('### Feedback\n')
    expect(summary).toContain(
      '| a &#124; &#60;b&#62; | flash | 60.0% | 31.3–83.2% | 90.0% | 4 | 3 | 0 | 1.40 | 1.20 s |',
    )
    const html = await text(page.render(INPUT))
    expect(pageText(html)).toMatch(/ Feedback .* a \| <b> flash 60\.0% /)
    expect(staticPage(html)).not.toContain('<b>')
  })

  it('are figures of the summary for a machine', () => {
    expect(summarize(INPUT).columns[0]).toMatchObject({
      passRate: 0.9,
      firstTry: { passRate: 0.6, interval: [expect.closeTo(0.313, 3), expect.closeTo(0.832, 3)] },
      feedback: { cells: 4, helped: 3, hurt: 0, meanAttempts: 1.4, addedMs: { total: 1200, mean: 300 } },
    })
  })

  it('are not there for a suite without feedback', async () => {
    for (const renderer of [terminal, markdown, page])
      expect(staticPage(await text(renderer.render(WITHOUT)))).not.toContain('Feedback')
    expect(summarize(WITHOUT).columns[0]).not.toHaveProperty('firstTry')
  })
})
