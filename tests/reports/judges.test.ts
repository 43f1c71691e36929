import { describe, expect, it } from 'vitest'
import type { JudgeStanding } from '../../harness/model/judge-standing.ts'
import type { Renderer } from '../../harness/model/report.ts'
import { renderer as terminal } from '../../reports/default.ts'
import { coefficient } from '../../reports/format/coefficient.ts'
import { judgesSection } from '../../reports/format/judges.ts'
import { noticesOf } from '../../reports/format/notices.ts'
import { renderer as junit } from '../../reports/junit.ts'
import { renderer as markdown } from '../../reports/markdown.ts'
import { summarize } from '../../reports/summary.ts'
import { makeTrial } from '../harness/analyze/make-trial.ts'
import { makeInput, makeManifest, text } from './make-input.ts'

const alpha = { value: 0.791, interval: { lo: 0.607, hi: 0.866 } }
const calibrated: JudgeStanding = {
  metric: 'helpful',
  hash: 'h',
  graders: ['sonnet'],
  calibration: 'current',
  alpha,
  n: 68,
  counts: true,
}
const JUDGES: readonly JudgeStanding[] = [
  calibrated,
  {
    ...calibrated,
    metric: 'old',
    calibration: 'stale',
    changed: ['rubric', 'code of sonnet'],
    counts: false,
  },
  {
    metric: '<b>panel</b>',
    hash: 'h',
    graders: ['flash', 'flash', 'opus'],
    calibration: 'missing',
    counts: false,
  },
  {
    ...calibrated,
    metric: 'tone',
    calibration: 'weak',
    alpha: { value: 0.2, interval: { lo: -0.05, hi: 0.41 } },
    counts: true,
  },
]
const judged = (judges?: readonly JudgeStanding[]) =>
  makeInput({ trials: [makeTrial()], manifest: judges === undefined ? {} : { judges } })

const said = (renderer: Renderer, input = judged(JUDGES)): Promise<string> => text(renderer.render(input))

describe('the judges of a run', () => {
  it('stand with their models, what they are worth, and whether they count', () => {
    const [section] = judgesSection({ judges: JUDGES }, 10)
    expect(section?.lines).toEqual([
      { text: 'helpful: sonnet · calibrated on 68 answers, alpha 0.79 (0.61–0.87) · counts' },
      {
        text: 'old: sonnet · changed since it was calibrated (rubric, code of sonnet) on 68 answers, alpha 0.79 (0.61–0.87) · shown only',
        tone: 'warn',
      },
      { text: '<b>panel</b>: flash × 2, opus · never calibrated · shown only', tone: 'warn' },
      {
        text: 'tone: sonnet · agrees too little on 68 answers, alpha 0.20 (−0.05 to 0.41) · counts all the same',
        tone: 'warn',
      },
    ])
  })

  it('are a section of the terminal and of markdown, escaped there', async () => {
    const line = 'helpful: sonnet · calibrated on 68 answers, alpha 0.79 (0.61–0.87) · counts'
    expect((await said(terminal)).replaceAll(/\s+/g, ' ')).toContain(`Judges ${line}`)
    const inMarkdown = await said(markdown)
    expect(inMarkdown).toContain('### Judges')
    expect(inMarkdown).toContain(line)
    expect(inMarkdown).not.toContain('<b>panel')
  })

  it('leave no trace where a run has none', async () => {
    expect(judgesSection(makeManifest(), 10)).toEqual([])
    expect(await said(terminal, judged())).not.toContain('Judges')
  })

  it('are cut at the limit, and the rest is named', () => {
    const [section] = judgesSection({ judges: JUDGES }, 2)
    expect(section?.lines.map((line) => line.text).at(-1)).toBe('… and 2 more in manifest.json.')
  })
})

describe('a judge without a current calibration', () => {
  const NOTICES = [
    'The judge `old` has changed since it was calibrated (rubric, code of sonnet): what it says is shown, and counts neither for a cell nor for the gate; `assay calibrate` measures it.',
    'The judge `<b>panel</b>` was never compared with people’s labels: what it says is shown, and counts neither for a cell nor for the gate; `assay calibrate` measures it.',
    'The judge `tone` agrees too little with people’s labels (alpha at least −0.05), and gates all the same: the suite sets assay.gate.uncalibratedJudges.',
  ]

  it('is told of, and one with it is not', () => {
    expect(noticesOf(makeManifest({ judges: JUDGES }))).toEqual(NOTICES)
    expect(noticesOf(makeManifest({ judges: [calibrated] }))).toEqual([])
  })

  it.each([
    ['terminal', terminal],
    ['markdown', markdown],
    ['junit', junit],
  ])('is told of in %s', async (_, renderer) => {
    expect((await said(renderer)).replaceAll(/\s+/g, ' ')).toContain('gates all the same: the suite sets')
  })

  it('is told of in the summary for machines', () => {
    expect(summarize(judged(JUDGES)).notices).toEqual(NOTICES)
  })
})

describe('a coefficient', () => {
  it.each([
    [{ value: 0.5, interval: { lo: 0.25, hi: 0.75 } }, '0.50 (0.25–0.75)'],
    [{ value: -0.1, interval: { lo: -0.3, hi: 0.2 } }, '−0.10 (−0.30 to 0.20)'],
    [{ value: 1, interval: null }, '1.00 (–)'],
    [{ value: null, interval: null }, '–'],
  ])('%j is %s', (figure, expected) => {
    expect(coefficient(figure)).toBe(expected)
  })
})
