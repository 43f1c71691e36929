import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ReportInput } from '../../../../../harness/model/report.ts'
import { replyHash, type Review } from '../../../../../harness/model/review.ts'
import type { Trial } from '../../../../../harness/model/trial.ts'
import { bindReviews } from '../../../../../harness/review/bind-reviews.ts'
import { parseReviewFile } from '../../../../../harness/review/read-review-file.ts'
import { sharedInput } from '../../../../../reports/format/shared-input.ts'
import { unpackPage } from '../../../unpack-page.ts'
import { counts, filter } from './cells-page.ts'
import { type Chromium, useChromium } from './chromium.ts'
import { marked, part } from './detail-page.ts'
import { realInput } from './real-run.ts'
import { blockedSupport, cellName, GATE, supportRun, ticket } from './support.ts'

const chromium: Chromium = useChromium()
const run = supportRun('many')
const BROKEN = ticket(run, 1, 'few-shot × sonnet')
const SENT_BACK = ticket(run, 3, 'few-shot × flash')
let input: ReportInput
let address: string
beforeAll(async () => {
  input = await blockedSupport()
  address = await chromium.write(input)
})

const openCell = (trial: Trial, of = address): Promise<Page> =>
  chromium.open(of, { at: `#cell=${cellName(trial)}` })

describe('an open cell', () => {
  it('marks exactly the words that its reply has otherwise than the baseline’s', async () => {
    const page = await openCell(BROKEN)
    const output = await part(page, 'Output')
    const changed = { del: ['will', 'Monday'], ins: ['may', 'Sunday'] }
    expect(await marked(output)).toStrictEqual(changed)
    await page.getByRole('button', { name: 'Inline' }).click()
    expect(await marked(output)).toStrictEqual(changed)
    expect(await (await part(page, 'Prompt')).getByText('Word for word the same.').count()).toBe(1)
  })

  it('is compared with any other cell, and its address says with which', async () => {
    const page = await openCell(SENT_BACK)
    await page.getByLabel('Compare with').selectOption({ label: 'few-shot × sonnet' })
    await page.waitForFunction(() => location.hash.includes('&with=main:'))
    const added = { del: [], ins: [' A zebra ate the label.'] }
    expect(await marked(await part(page, 'Output'))).toStrictEqual(added)
    const again = await chromium.open(page.url())
    expect(await marked(await part(again, 'Output'))).toStrictEqual(added)
    expect(await again.getByLabel('Compare with').locator('option:checked').innerText()).toBe(
      'few-shot × sonnet',
    )
  })

  it('is compared with the other column of its run, where the gate is', async () => {
    const against = { ...GATE.gate, against: { prompt: 'zero-shot', provider: 'sonnet' } }
    const own = await chromium.write(await realInput({ ...run, settings: { gate: against } }))
    const page = await openCell(BROKEN, own)
    expect(await marked(await part(page, 'Output'))).toStrictEqual({
      del: ['will', 'Monday'],
      ins: ['may', 'Sunday'],
    })
    expect(await page.getByLabel('Compare with').locator('option:checked').innerText()).toBe(
      'zero-shot × sonnet',
    )
  })

  it('has the times of each call as they were measured, in figures and in bars to scale', async () => {
    const page = await openCell(SENT_BACK)
    const attempts = await part(page, 'Attempts and timing')
    const rows = await attempts.locator('tbody tr').allInnerTexts()
    const figures = ['0', '40 ms', '120 ms', '399 ms', '519 ms', '$0.000400']
    expect(SENT_BACK.latencyMs).toBe(519)
    expect(rows.map((row) => row.split(/\s*\t\s*/).slice(1))).toStrictEqual([figures, figures])
    const widths = await attempts
      .locator('.timing')
      .first()
      .locator('span')
      .evaluateAll((bars) => bars.map((bar) => bar.getBoundingClientRect().width))
    const scale = (widths[0] ?? 0) / 40
    expect(widths.map((width) => Math.round(width / scale / 10) * 10)).toStrictEqual([40, 120, 400])
  })

  it('tells of each attempt what the model was told, and what it cost', async () => {
    const page = await openCell(SENT_BACK)
    const attempts = await part(page, 'Attempts and timing')
    expect(
      await attempts.getByRole('listitem').filter({ hasText: 'the model was told' }).textContent(),
    ).toContain('Expected two sentences, found one')
    const spending = await part(page, 'Tokens and cost')
    expect(await spending.innerText()).toMatch(
      /First try: .*failed, score 0\. After 1 round of feedback: .*passed, score 1/,
    )
    expect(await spending.innerText()).toContain('$0.000800')
  })
})

describe('a review', () => {
  it('leaves the page as a file that assay reads and binds to the reply that was looked at', async () => {
    const page = await openCell(BROKEN)
    await part(page, 'Review')
    await page.keyboard.press('1')
    await page.keyboard.press('n')
    await page.keyboard.type('Sunday is fine: “<b>quoted</b>” \u202e')
    await page.keyboard.press('Escape')
    await page.keyboard.press(']')
    await page.getByText('few-shot × sonnet, repeat 2 of 2').waitFor()
    await part(page, 'Review')
    await page.keyboard.press('4')
    const arriving = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download review.json' }).click()
    const text = await readFile(await (await arriving).path(), 'utf8')
    const file = parseReviewFile(text, 'review.json')
    const { reviews, otherOutcome } = await bindReviews(input.run, [{ ...file, name: 'review.json' }], 'Ann')
    expect(otherOutcome).toStrictEqual([])
    expect(reviews).toMatchObject([
      {
        cellId: BROKEN.cell.id,
        caseId: 'ticket-001',
        mark: 'label_wrong',
        note: 'Sunday is fine: “<b>quoted</b>” \u202e',
        outcome: 'failed',
        replyHash: replyHash(BROKEN.output),
        run: 'run-2',
      },
      { caseId: 'ticket-001', repeat: 1, mark: 'agree' },
    ])
  })

  it('that is on record stands beside the verdict of the checks, in the cell and in the table', async () => {
    const review: Review = {
      cellId: BROKEN.cell.id,
      caseId: BROKEN.cell.caseId,
      column: { prompt: 'few-shot', provider: 'sonnet' },
      repeat: 0,
      replyHash: replyHash(BROKEN.output),
      outcome: 'failed',
      mark: 'judge_wrong',
      note: 'Sundays are allowed <i>since May</i>',
      by: 'Ann Example',
      at: '2026-11-23T12:00:00.000Z',
      run: 'run-2',
    }
    const page = await openCell(BROKEN, await chromium.write({ ...input, reviews: [review] }))
    const shown = await (await part(page, 'Review')).innerText()
    expect(shown).toContain('checks: failed · reviewer: judge wrong')
    expect(shown).toMatch(/judge wrong, 2026-11-23, by Ann Example: Sundays are allowed <i>since May<\/i>/)
    await page.keyboard.press('Escape')
    // The other repeat got the same reply, word for word.
    await filter(page, 'status:disputed', '2 of 600 cells')
    expect(await page.getByRole('button', { name: /^Disputed 2$/ }).count()).toBe(1)
  })
})

describe('a page that was made for sharing', () => {
  const isNamed = (caseId: string) => input.analysis.comparison?.flips.some((flip) => flip.caseId === caseId)

  it('holds no text of the cases that are left out, packed or not, and all of those that are named', async () => {
    const html = await readFile(
      fileURLToPath(await chromium.write(sharedInput({ ...input, share: {} }))),
      'utf8',
    )
    const whole = unpackPage(html)
    const original = unpackPage(await readFile(fileURLToPath(address), 'utf8'))
    for (const trial of run.trials) {
      if (typeof trial.output !== 'string') continue
      const { ticket: number } = trial.cell.vars
      const said = [`Ticket ${Number(number)}: where is my parcel?`, trial.output.slice(0, 24)]
      for (const text of said) {
        expect([text, original.includes(text)]).toStrictEqual([text, true])
        expect([text, whole.includes(text)]).toStrictEqual([text, isNamed(trial.cell.caseId)])
      }
    }
  })

  it('says so at its top and in each such cell, and its search finds what is there alone', async () => {
    const shared = await chromium.write(sharedInput({ ...input, share: {} }))
    const page = await chromium.open(shared)
    await page.getByText('This copy was made to be shared: prompts and replies are left out').waitFor()
    // Of four tickets, only one is named.
    await filter(page, 'zebra', '2 of 600 cells')
    await filter(page, '"may arrive on Sunday"', '40 of 600 cells')
    await page.getByRole('gridcell').first().click()
    expect(await marked(await part(page, 'Output'))).toMatchObject({ ins: ['may', 'Sunday'] })

    const other = await openCell(SENT_BACK, shared)
    await part(other, 'Output')
    expect(await other.getByText('Left out of this page, which was made for sharing.').count()).toBe(2)
    await counts(other, '600 cells')
  })
})
