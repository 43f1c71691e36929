import { parse } from 'csv-parse/sync'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Trial } from '../../../../../harness/model/trial.ts'
import { counts, filter, hashIs, rowsShown } from './cells-page.ts'
import { useChromium } from './chromium.ts'
import { blockedSupport, cellName, supportRun, tagsOf, ticket } from './support.ts'

const chromium = useChromium()
const run = supportRun('many')
let address: string
beforeAll(async () => {
  address = await chromium.write(await blockedSupport())
})

const countOf = (isOne: (trial: Trial) => boolean) => `${run.trials.filter(isOne).length} of 600 cells`
const isColumn = ({ cell }: Trial, prompt: string, provider: string) =>
  cell.prompt === prompt && cell.provider === provider

/** What “Copy CSV” puts in the clipboard. */
async function copied(page: Page): Promise<Record<string, string>[]> {
  await page.getByRole('button', { name: 'Copy CSV' }).click()
  await page
    .getByText(/Copied .* as CSV/)
    .first()
    .waitFor()
  return parse(await page.evaluate(() => navigator.clipboard.readText()), { columns: true })
}

describe('the filter of a real run', () => {
  it('narrows to what the run’s trials have, by any of its words', async () => {
    const page = await chromium.open(address)
    await counts(page, '600 cells')
    await filter(
      page,
      'status:failed',
      countOf(({ outcome }) => outcome === 'failed'),
    )
    await filter(
      page,
      'status:failed prompt:few-shot model:sonnet tag:critical',
      countOf(
        (trial) =>
          trial.outcome === 'failed' &&
          isColumn(trial, 'few-shot', 'sonnet') &&
          tagsOf(trial).includes('critical'),
      ),
    )
    await filter(
      page,
      'latency:>900',
      countOf(({ latencyMs }) => (latencyMs ?? 0) > 900),
    )
    await filter(
      page,
      'latency:none',
      countOf(({ latencyMs }) => latencyMs === null),
    )
    await filter(
      page,
      'day:<0.5',
      countOf(({ namedScores }) => (namedScores['day'] ?? 1) < 0.5),
    )
    // Twenty tickets fell in the column that ships, in both repeats.
    await filter(page, 'status:regressed', '40 of 600 cells')
    expect((await rowsShown(page)).every((row) => row['Change']?.includes('regressed'))).toBe(true)
  })

  it('tells of an unknown word what was meant, and keeps the cells that were shown', async () => {
    const page = await chromium.open(address)
    await filter(page, 'status:errored', '4 of 600 cells')
    await page.getByRole('combobox').fill('status:errored promt:few')
    await page.getByText('There is no filter “promt:”: did you mean prompt?').first().waitFor()
    expect(await rowsShown(page)).toHaveLength(4)
  })

  it('finds what a reply says, wherever in the file its text lies', async () => {
    const page = await chromium.open(address)
    const isFound = ({ output }: Trial) => String(output).includes('zebra')
    expect(run.trials.filter(isFound).length).toBe(8)
    await filter(page, 'ZEBRA "ate the label"', countOf(isFound))
    await filter(page, '-zebra model:flash', '192 of 600 cells')
    await filter(page, 'zebra', countOf(isFound))
    await page.getByRole('gridcell').first().click()
    await page.locator('.detail').getByText('A zebra ate the label.').first().waitFor()
  })

  it('finds what a prompt asks and why a check failed', async () => {
    const page = await chromium.open(address)
    await filter(page, '"Ticket 42: where is my parcel?"', '6 of 600 cells')
    expect((await rowsShown(page)).map((row) => row['Case']?.slice(0, 10))).toStrictEqual(
      Array.from({ length: 6 }, () => 'Ticket 42:'),
    )
    await filter(
      page,
      '"Expected a day that is not a Sunday"',
      countOf(({ outcome }) => outcome === 'failed'),
    )
  })
})

describe('the order', () => {
  it('by latency is that of the trials, either way, and what was not measured comes last', async () => {
    const page = await chromium.open(address)
    const head = page.getByRole('columnheader', { name: 'Latency' }).getByRole('button')
    const measured = run.trials.flatMap(({ latencyMs }) => (latencyMs === null ? [] : [latencyMs]))
    for (const descending of [true, false]) {
      await head.click()
      await page.locator(`[aria-sort="${descending ? 'descending' : 'ascending'}"]`).waitFor()
      const wanted = measured.toSorted((a, b) => (descending ? b - a : a - b))
      const latencies = (await copied(page)).map(({ latency_ms }) => latency_ms)
      expect(latencies.slice(0, wanted.length).map(Number)).toStrictEqual(wanted)
      expect(latencies.slice(wanted.length)).toStrictEqual(['', '', '', ''])
    }
    await page.getByRole('grid').press('End')
    await page.waitForFunction(() => document.querySelector('.grid-row.at')?.textContent?.includes('errored'))
    expect((await rowsShown(page)).at(-1)).toMatchObject({ Outcome: '◆ errored', Latency: '–' })
  })
})

describe('the cells by case', () => {
  it('stand prompts × models side by side, with what each repeat came to', async () => {
    const page = await chromium.open(address)
    await page.getByRole('button', { name: 'Group by case' }).click()
    await counts(page, '100 cases, 600 cells')
    const heads = page.getByRole('grid').getByRole('columnheader')
    expect(await heads.allInnerTexts()).toStrictEqual([
      'Case',
      'few-shot\nsonnet',
      'few-shot\nflash',
      'zero-shot\nsonnet',
    ])
    const row = page.locator('.grid-row', { hasText: 'Ticket 1: where is the parcel' })
    const marks = row.locator('[role="gridcell"] [aria-hidden]')
    expect(await marks.allTextContents()).toStrictEqual(['✗✗', '✓✓', '✓✓'])
    await row.locator('[role="gridcell"]').nth(1).click()
    await page.locator('.detail').getByText('few-shot × sonnet, repeat 1 of 2').waitFor()
  })
})

describe('a copied address', () => {
  it('shows whoever gets it what its sender saw: filter, order and open cell', async () => {
    const page = await chromium.open(address)
    await filter(page, 'status:regressed tag:critical', '10 of 600 cells')
    await page.getByRole('columnheader', { name: 'Latency' }).getByRole('button').click()
    await page.locator('[aria-sort="descending"]').waitFor()
    const shown = await rowsShown(page)
    await page.getByRole('gridcell').nth(12).click()
    await page.locator('.detail').getByRole('button', { name: 'Copy link' }).click()
    await page.locator('.detail').getByText('Copied ✓').waitFor()
    const link = await page.evaluate(() => navigator.clipboard.readText())
    expect(link).toBe(page.url())
    const title = await page.locator('#detail-title').innerText()

    const got = await chromium.open(link)
    await got.locator('.detail').getByText('Raw record').waitFor()
    expect(await got.locator('#detail-title').innerText()).toBe(title)
    expect(await got.getByRole('combobox').first().inputValue()).toBe('status:regressed tag:critical')
    await got.keyboard.press('Escape')
    await got.locator('.detail').waitFor({ state: 'detached' })
    await counts(got, '10 of 600 cells')
    expect(await got.locator('[aria-sort="descending"]').innerText()).toContain('Latency')
    expect(await rowsShown(got)).toStrictEqual(shown)
  })

  it('leads back and forth through what was looked at', async () => {
    const page = await chromium.open(address)
    const cell = cellName(ticket(run, 0, 'few-shot × sonnet'))
    await page.getByRole('gridcell').first().click()
    await page.locator('.detail').waitFor()
    await hashIs(page, `#cell=${cell}`)
    await page.keyboard.press('Escape')
    await page.locator('.detail').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Group by case' }).click()
    await hashIs(page, '#group=case')
    await page.goBack()
    await counts(page, '600 cells')
    await page.goBack()
    await page.locator('.detail').waitFor()
    await page.goForward()
    await page.locator('.detail').waitFor({ state: 'detached' })
    await page.goForward()
    await counts(page, '100 cases, 600 cells')
    expect(await page.getByRole('button', { name: 'Group by case', pressed: true }).count()).toBe(1)
  })

  it('of a section of the page leaves the cells as they are', async () => {
    const page = await chromium.open(address, { at: '#q=status:errored' })
    await counts(page, '4 of 600 cells')
    await page.getByRole('link', { name: 'Gates', exact: true }).click()
    await hashIs(page, '#gates')
    expect(await rowsShown(page)).toHaveLength(4)
  })

  it('is followed from a flip to the cell that shows it', async () => {
    const page = await chromium.open(address)
    const flip = page.locator('details.flip').first()
    await flip.locator('summary').first().click()
    await flip.locator('a[href^="#cell="]').click()
    await page.locator('.detail').getByText('Raw record').waitFor()
    await hashIs(page, `#cell=${cellName(ticket(run, 1, 'few-shot × sonnet'))}`)
    expect(await page.locator('#detail-title').innerText()).toBe('Ticket 1: where is the parcel')
  })
})
