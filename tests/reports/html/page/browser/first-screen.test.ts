import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { ReportInput } from '../../../../../harness/model/report.ts'
import { makeErrored } from '../../../../harness/analyze/make-trial.ts'
import { useChromium } from './chromium.ts'
import { realInput } from './real-run.ts'
import { blockedSupport, GATE, supportBaseline, supportRun, withoutErrors } from './support.ts'

const chromium = useChromium()

interface Screen {
  readonly input: () => Promise<ReportInput>
  readonly exitCode: number
  readonly word: string
  readonly why: string
  /** What it is compared with, how old that is, and of which commit. */
  readonly against: readonly string[]
  readonly next: readonly string[]
}

const BASELINE = ['suites/support/baseline.json', '3 days before', 'commit 0123456789ab']
const compared = (fallen: 'none' | 'few', options = {}) =>
  realInput({
    ...withoutErrors(supportRun(fallen)),
    before: withoutErrors(supportBaseline()),
    settings: GATE,
    options,
  })

const SCREENS: Readonly<Record<string, Screen>> = {
  'a proven drop': {
    input: blockedSupport,
    exitCode: 1,
    word: 'BLOCK',
    why: 'few-shot × sonnet got worse: pass fell by 20.0 points',
    against: BASELINE,
    next: ['Do not ship this as it is.', 'assay run suites/support/suite.yaml --failed runs/support/run-2'],
  },
  'a drop that is neither proven nor ruled out': {
    input: () => compared('few'),
    exitCode: 0,
    word: 'WARN',
    why: '2 cases that always passed fail now: ticket-001 (2/2 → 0/2)',
    against: BASELINE,
    next: [
      'Nothing blocks. Read what warns before you ship.',
      'assay run suites/support/suite.yaml --settle',
    ],
  },
  'a change that is proven to be no worse': {
    input: () => compared('none'),
    exitCode: 0,
    word: 'PASS',
    why: 'few-shot × sonnet is no worse: by less than 5 points in pass, proven',
    against: BASELINE,
    next: ['make it the baseline', 'assay accept runs/support/run-2'],
  },
  'an open question where proof is asked for': {
    input: () => compared('few', { strict: true }),
    exitCode: 4,
    word: 'INCONCLUSIVE',
    why: 'no proof of a drop in pass',
    against: BASELINE,
    next: ['--strict asks for proof', 'assay run suites/support/suite.yaml --settle'],
  },
  'an account that does not answer': {
    input: async () => {
      const { trials, manifest } = supportRun()
      const cause = {
        cause: 'outage',
        account: 'simulated',
        cells: 400,
        message: 'does not answer.',
      } as const
      return realInput({
        trials: trials.slice(0, 200),
        planned: trials.length,
        manifest: { ...manifest, incomplete: [cause] },
        before: supportBaseline(),
        settings: GATE,
      })
    },
    exitCode: 3,
    word: 'NOT MEASURED: no verdict on your change',
    why: 'simulated: does not answer. 400 of 600 planned cells did not finish.',
    against: BASELINE,
    next: ['Finish the run: only what is missing is called.', 'assay resume runs/support/run-2'],
  },
  'errors over the limit': {
    input: async () => {
      const { trials, manifest } = supportRun()
      const broken = trials.map(({ cell }) => makeErrored('503 from the model', cell))
      return realInput({
        trials: broken,
        manifest: manifest ?? {},
        settings: { gate: { floors: { pass: 0.8 } } },
      })
    },
    exitCode: 3,
    word: 'INVALID',
    why: 'few-shot × sonnet',
    against: ['nothing: there is no baseline'],
    next: ['ask those cells again', 'assay resume runs/support/run-2 --errors'],
  },
  'a column that is compared with another of its run': {
    input: () =>
      realInput({
        ...supportRun('many'),
        settings: { gate: { ...GATE.gate, against: { prompt: 'zero-shot', provider: 'sonnet' } } },
      }),
    exitCode: 1,
    word: 'BLOCK',
    why: 'few-shot × sonnet (against zero-shot × sonnet) got worse: pass fell by 20.0 points',
    against: ['few-shot × sonnet with zero-shot × sonnet, a column of this run'],
    next: ['Do not ship this as it is.'],
  },
  'nothing to compare with': {
    input: () => realInput({ ...withoutErrors(supportRun()), settings: GATE }),
    exitCode: 0,
    word: 'NO BASELINE',
    why: 'baseline',
    against: ['nothing: there is no baseline'],
    next: ['There is nothing to compare with yet.', 'assay accept runs/support/run-2'],
  },
}

/** What of these texts the first screen does not show: each must lie wholly in the window, with nothing over it. */
function unseen(page: Page, texts: readonly string[]): Promise<string[]> {
  return page.evaluate((wanted) => {
    const main = document.querySelector('#verdict') as HTMLElement
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT)
    const nodes: Text[] = []
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) nodes.push(node as Text)
    const whole = nodes.map(({ data }) => data).join('')
    const at = (offset: number): [Text, number] => {
      let rest = offset
      for (const node of nodes) {
        if (rest <= node.length) return [node, rest]
        rest -= node.length
      }
      throw new Error('beyond the text')
    }
    return wanted.filter((text) => {
      const start = whole.indexOf(text)
      if (start === -1) return true
      const range = document.createRange()
      range.setStart(...at(start))
      range.setEnd(...at(start + text.length))
      const boxes = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1)
      const isShown = boxes.every(({ left, right, top, bottom }) => {
        const isInside = left >= 0 && right <= innerWidth + 0.5 && top >= 0 && bottom <= innerHeight
        return isInside && main.contains(document.elementFromPoint((left + right) / 2, (top + bottom) / 2))
      })
      return boxes.length === 0 || !isShown
    })
  }, texts)
}

describe('the first screen', () => {
  describe.each(Object.entries(SCREENS))('of %s', (_, { input, exitCode, word, why, against, next }) => {
    it.each([
      ['a laptop', 1280, 800],
      ['a phone', 390, 844],
    ])(
      'says on %s, without scrolling, what was decided, why, against what, and what to do',
      async (...at) => {
        const [, width, height] = at
        const made = await input()
        expect(made.verdict.exitCode).toBe(exitCode)
        const page = await chromium.open(await chromium.write(made), { viewport: { width, height } })
        expect(await page.locator('#verdict h2').textContent()).toContain(word)
        expect(await unseen(page, [word, why, ...against, ...next])).toStrictEqual([])
        expect(await page.evaluate(() => [scrollX, scrollY])).toStrictEqual([0, 0])
        expect(await page.evaluate(() => document.scrollingElement?.scrollWidth)).toBe(width)
      },
    )
  })
})
