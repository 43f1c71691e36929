import { parse } from 'csv-parse/sync'
import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { violations } from '../browser/axe.ts'
import { useTables } from './open-table.ts'

const open = useTables()

const FILTER = '.filter input'
const countText = (page: Page) => page.locator('.count').innerText()
const countIs = (page: Page, pattern: RegExp) =>
  page.waitForFunction(
    (source) => new RegExp(source).test(document.querySelector('.count')?.textContent ?? ''),
    pattern.source,
  )
const rowsDrawn = (page: Page) => page.locator('.grid-body .grid-row').count()
const hashIs = (page: Page, pattern: RegExp) =>
  page.waitForFunction((source) => new RegExp(source).test(location.hash), pattern.source)
const cursorRow = (page: Page) =>
  page.locator('.grid-row[aria-selected="true"]').getAttribute('aria-rowindex')
const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('role'))

describe('a hundred thousand cells', () => {
  it('are filtered as one types, and only what is in sight is in the document', async () => {
    const page = await open()
    expect(await countText(page)).toBe('100,000 cells')
    expect(await page.locator('.grid').getAttribute('aria-rowcount')).toBe('100001')
    await page.fill(FILTER, 'status:failed latency:>2s')
    await countIs(page, /^[\d,]{5} of 100,000 cells/)
    expect(await page.locator('.filter-status').innerText()).toBe('failed, latency over 2,000 ms')
    expect(await rowsDrawn(page)).toBeLessThan(100)
    await page.locator('.grid').evaluate((grid) => grid.scrollTo(0, 1_000_000))
    await page.waitForFunction(
      () => document.querySelector('.grid-body .grid-row')?.getAttribute('aria-rowindex') !== '2',
    )
    expect(await rowsDrawn(page)).toBeLessThan(100)
    await hashIs(page, /^#q=status:failed%20latency:%3E2s$/)
  })

  it('are walked, opened and closed by the keyboard alone', async () => {
    const page = await open()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    expect(await focused(page)).toBe('grid')
    expect(await cursorRow(page)).toBe('3')
    const active = await page.locator('.grid').getAttribute('aria-activedescendant')
    expect(await page.locator(`[id="${active}"]`).getAttribute('aria-rowindex')).toBe('3')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.detail')
    const first = await page.evaluate(() => location.hash)
    expect(first).toMatch(/^#cell=[0-9a-f]{16}$/)
    await page.keyboard.press('j')
    await page.waitForFunction((hash) => location.hash !== hash, first)
    expect(await cursorRow(page)).toBe('4')
    await page.keyboard.press('Escape')
    await page.waitForSelector('.detail', { state: 'detached' })
    expect(await page.evaluate(() => location.hash)).toBe('')
    expect(await focused(page)).toBe('grid')
    await page.keyboard.press('End')
    expect(await cursorRow(page)).toBe('100001')
    await page.keyboard.press('Home')
    await page.keyboard.press('PageDown')
    expect(Number(await cursorRow(page))).toBeGreaterThan(15)
    await page.keyboard.press(']')
    expect(await page.locator('.grid-row[aria-selected="true"]').innerText()).toContain('regressed')
    await page.goBack()
    await page.waitForSelector('.detail')
  })

  it('are gone through from regression to regression, with a cell open and without', async () => {
    const page = await open('?cases=200')
    await page.keyboard.press(']')
    const first = Number(await cursorRow(page))
    await page.keyboard.press('Enter')
    await page.locator('.detail').getByText('Raw record').waitFor()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('detail-title')
    await page.keyboard.press(']')
    await page.waitForFunction(
      (row) => document.querySelector('.grid-row.at')?.getAttribute('aria-rowindex') !== row,
      String(first),
    )
    const second = Number(await cursorRow(page))
    expect(second).toBeGreaterThan(first + 1)
    expect(await page.locator('.grid-row[aria-selected="true"]').innerText()).toContain('▼ regressed')
    await page.keyboard.press('j')
    await page.waitForFunction(
      (row) => document.querySelector('.grid-row.at')?.getAttribute('aria-rowindex') === row,
      String(second + 1),
    )
    await page.keyboard.press('[')
    await page.waitForFunction(
      (row) => document.querySelector('.grid-row.at')?.getAttribute('aria-rowindex') === row,
      String(second),
    )
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('detail-title')
  })

  it('come back by the address: filter, order, open cell, and back again', async () => {
    const page = await open('#q=status:failed&sort=-latency')
    expect(await page.inputValue(FILTER)).toBe('status:failed')
    expect(await page.locator('[aria-sort="descending"]').innerText()).toContain('Latency')
    await page.locator('.grid').press('Enter')
    await page.waitForSelector('.detail')
    const address = await page.evaluate(() => location.hash)
    await page.context().close()
    const again = await open(address)
    await again.waitForSelector('.detail')
    expect(await again.inputValue(FILTER)).toBe('status:failed')
    await again.evaluate(() => (location.hash = '#q=status:errored'))
    await countIs(again, /of 100,000/)
    await again.waitForSelector('.detail', { state: 'detached' })
    expect(await again.inputValue(FILTER)).toBe('status:errored')
    await again.evaluate(() => (location.hash = '#gates'))
    expect(await again.inputValue(FILTER)).toBe('status:errored')
  })

  it('are searched through while one goes on typing, results as they come', async () => {
    const page = await open()
    await page.fill(FILTER, 'sorry')
    await page.waitForSelector('progress')
    await countIs(page, /^[1-9][\d,]* of 100,000 cells/)
    await page.waitForSelector('progress', { state: 'detached' })
    expect(await countText(page)).toBe('10,000 of 100,000 cells')
    await page.fill(FILTER, '-sorry status:failed')
    await page.waitForSelector('progress', { state: 'detached' })
    expect(await page.inputValue(FILTER)).toBe('-sorry status:failed')
  })
})

describe('the filter', () => {
  it('says what is wrong and keeps the last that was right', async () => {
    const page = await open('?cases=200')
    await page.fill(FILTER, 'status:failed')
    await countIs(page, / of /)
    const before = await countText(page)
    await page.fill(FILTER, 'status:failed latncy:>2')
    expect(await page.locator('.filter-status').innerText()).toContain(
      'There is no filter “latncy:”: did you mean latency?',
    )
    expect(await page.locator('.filter-status').innerText()).toContain('Shown still: failed')
    expect(await page.getAttribute(FILTER, 'aria-invalid')).toBe('true')
    expect(await countText(page)).toBe(before)
  })

  it('offers what may come next, to be taken by the keyboard', async () => {
    const page = await open('?cases=200')
    await page.keyboard.press('/')
    await page.keyboard.type('stat')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.keyboard.type('err')
    await page.keyboard.press('ArrowDown')
    expect(await page.locator('[role="option"][aria-selected="true"]').innerText()).toContain('errored')
    await page.keyboard.press('Tab')
    expect(await page.inputValue(FILTER)).toBe('status:errored ')
    await page.keyboard.press('Enter')
    expect(await focused(page)).toBe('grid')
  })

  it('offers what to take out where nothing matches', async () => {
    const page = await open('?cases=200#q=status:failed%20latency:%3E900s')
    const button = page.getByRole('button', { name: /^Remove latency:>900000: \d+ cells$/ })
    await button.click()
    expect(await page.inputValue(FILTER)).toBe('status:failed')
    expect(await focused(page)).toBe('combobox')
  })

  it('tells of an address that is damaged, and of a cell that is not here', async () => {
    const page = await open(
      '?cases=200#q=status:failed&cell=0123456789abcdef&evil=1&sort=nothing&cols=score,gone',
    )
    expect(await page.locator('.notice').innerText()).toContain(
      'Cell 0123456789abcdef, which the link names, is not in this report.',
    )
    expect(await page.locator('.notice').innerText()).toContain(
      "This link's part “evil=1” cannot be read and was ignored.",
    )
    expect(await page.locator('.notice').innerText()).toContain('Nothing here is ordered by “nothing”.')
    expect(await page.locator('.notice').innerText()).toContain('There is no column “gone”.')
    expect(await countText(page)).toContain(' of 2,000 cells')
    await page.fill(FILTER, 'status:errored')
    await page.click('#missing')
    expect(await page.inputValue(FILTER)).toBe('status:errored')
  })
})

describe('the table', () => {
  it('sorts by a head that was reached by keys alone', async () => {
    const page = await open('?cases=200')
    await page.keyboard.press('s')
    await page.keyboard.press('End')
    for (let i = 0; i < 6; i++) await page.keyboard.press('ArrowLeft')
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('Latency'))
    await page.keyboard.press('Enter')
    await page.waitForSelector('[role="columnheader"][aria-sort="descending"]')
    await page.keyboard.press('Enter')
    expect(await page.locator('[aria-sort="ascending"]').innerText()).toContain('Latency')
    await page.keyboard.press('Enter')
    expect(await page.locator('[aria-sort="ascending"], [aria-sort="descending"]').count()).toBe(0)
  })

  it('has the columns that were chosen, of forty metrics', async () => {
    const page = await open('?cases=20&metrics=40')
    expect(await page.getByRole('columnheader', { name: 'metric-7', exact: true }).count()).toBe(0)
    await page.locator('.menu summary').click()
    await page.getByLabel('metric-7', { exact: true }).check()
    await page.getByLabel('Prompt', { exact: true }).uncheck()
    expect(await page.getByRole('columnheader', { name: 'metric-7', exact: true }).count()).toBe(1)
    await hashIs(page, /cols=.*metric:metric-7/)
    await page.keyboard.press('Escape')
    expect(await page.locator('.menu').getAttribute('open')).toBeNull()
  })

  it('groups by case, thousands of columns side by side, and opens a cell of them', async () => {
    const page = await open('?cases=17&columns=6000')
    await page.keyboard.press('j')
    await page.keyboard.press('g')
    expect(await focused(page)).toBe('grid')
    expect(await countText(page)).toBe('17 cases, 102,000 cells')
    expect(await page.locator('.grid').getAttribute('aria-colcount')).toBe('6001')
    expect(await page.locator('.grid-cell').count()).toBeLessThan(400)
    for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowRight')
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.waitForSelector('.detail')
    expect(await page.locator('[role="gridcell"][aria-selected="true"]').getAttribute('aria-colindex')).toBe(
      '14',
    )
    expect(await page.locator('.detail').innerText()).toContain('zero-shot × model-6')
  })

  it('copies what is shown', async () => {
    const page = await open('?cases=100#q=status:failed&sort=-latency')
    await page.keyboard.press('c')
    await countIs(page, /Copied .* as CSV, with prompts and outputs\./)
    const records = parse(await page.evaluate(() => navigator.clipboard.readText()), {
      columns: true,
    }) as Record<string, string>[]
    const latencies = records.map((record) => Number(record.latency_ms || 0))
    expect(latencies).toEqual(latencies.toSorted((a, b) => b - a))
    expect(records.every(({ outcome }) => outcome === 'failed')).toBe(true)
    expect(`${records.length}`).toBe(/^\d+/.exec(await countText(page))?.[0])
  })

  it('leaves letters to the browser where a reader turned its keys off', async () => {
    const page = await open('?cases=20')
    await page.keyboard.press('?')
    await page.getByRole('dialog').getByRole('checkbox').uncheck()
    await page.keyboard.press('Escape')
    await page.keyboard.press('/')
    await page.keyboard.press('j')
    expect(await focused(page)).not.toBe('grid')
    await page.locator('.grid').press('ArrowDown')
    expect(await cursorRow(page)).toBe('3')
    await page.keyboard.press('Enter')
    await page.locator('.detail').getByText('Raw record').waitFor()
    await page.keyboard.press('1')
    await page.keyboard.press('n')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('detail-title')
    expect(await page.locator('.review-bar').count()).toBe(0)
    await page.keyboard.press('Escape')
    await page.reload()
    await page.keyboard.press('?')
    expect(await page.locator('dialog[open]').count()).toBe(0)
  })

  it('has rows of two lines on a phone, and nothing wider than it', async () => {
    const page = await open('', { viewport: { width: 360, height: 740 } })
    expect(await page.locator('.card').first().innerText()).toMatch(/\n/)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
    await page.selectOption('.sort select', { label: 'Latency, highest first' })
    await hashIs(page, /sort=-latency/)
    await page.locator('.card').first().click()
    await page.waitForSelector('.detail')
  })
})

describe('a reader of any kind', () => {
  const states = ['', '#group=case', '#q=status:failed%20latency:%3E900s', '#q=nonsense:1&sort=-latency']
  for (const colorScheme of ['light', 'dark'] as const)
    for (const hash of states)
      it(`finds no fault with ${hash === '' ? 'the table' : hash} in ${colorScheme}`, async () => {
        const page = await open(`?cases=200${hash}`, { colorScheme, bypassCSP: true })
        expect(await violations(page)).toEqual([])
      })
})
