import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { counts, focusIs, hashIs } from './cells-page.ts'
import { useChromium } from './chromium.ts'
import { blockedSupport, cellName, supportRun, ticket } from './support.ts'

const chromium = useChromium()
const run = supportRun('many')
let address: string
beforeAll(async () => {
  address = await chromium.write(await blockedSupport())
})

/** A stop of the Tab key. */
interface Stop {
  readonly name: string
  /** The focus can be seen: the element is in the window with nothing over it, and drawn otherwise than without it. */
  readonly isSeen: boolean
  /** It stands after the stop before it. */
  readonly isInOrder: boolean
  readonly isInDetail: boolean
}

/** Presses Tab from where the focus is, until it leaves the page. */
async function tabThrough(page: Page, most: number): Promise<Stop[]> {
  await page.evaluate(() => {
    const state = globalThis as unknown as { lastStop?: Element }
    delete state.lastStop
  })
  const stops: Stop[] = []
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(lookAtFocus)
    if (stop === undefined) return stops
    stops.push(stop)
  }
  throw new Error(`after ${most} stops there are more: ${stops.at(-1)?.name}`)
}

function lookAtFocus(): Stop | undefined {
  const state = globalThis as unknown as { lastStop?: Element }
  const element = document.activeElement
  if (element === null || element === document.body) return undefined
  const before = state.lastStop
  const isInOrder =
    before === undefined || (before.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
  state.lastStop = element
  const looks = () =>
    [element, ...element.querySelectorAll('*')]
      .map((one) => {
        const { outline, boxShadow, backgroundColor, borderColor } = getComputedStyle(one)
        return [outline, boxShadow, backgroundColor, borderColor].join()
      })
      .join()
  const focused = looks()
  const { top, bottom, left, right, width, height } = element.getBoundingClientRect()
  const isInWindow = bottom > 0 && top < innerHeight && right > 0 && left < innerWidth && width * height > 1
  const [from, to] = [Math.max(left, 0), Math.min(right, innerWidth)]
  const middle = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2
  const isOnTop = [from + 4, (from + to) / 2].some((x) => {
    const hit = document.elementFromPoint(x, middle)
    return element.contains(hit) || hit?.contains(element) === true
  })
  ;(element as HTMLElement).blur()
  const isDrawnSo = looks() !== focused
  ;(element as HTMLElement).focus({ preventScroll: true })
  const label = element.getAttribute('aria-label') ?? element.textContent?.replaceAll(/\s+/g, ' ').trim()
  const isInDetail = element.closest('.detail') !== null
  return {
    name: `${element.localName} ${label}`,
    isSeen: isInWindow && isOnTop && isDrawnSo,
    isInOrder,
    isInDetail,
  }
}

/** What a keyboard must reach: all that is shown and takes the focus. */
function reachable(page: Page, within = 'body'): Promise<number> {
  return page.evaluate((selector) => {
    const root = document.querySelector(selector) as HTMLElement
    const all = root.querySelectorAll<HTMLElement>(
      'a[href], button, input, select, textarea, summary, [tabindex]',
    )
    return [...all].filter(
      (one) =>
        one.tabIndex >= 0 && one.checkVisibility({ visibilityProperty: true }) && !one.matches(':disabled'),
    ).length
  }, within)
}

describe('a reader with a keyboard alone', () => {
  it('filters, walks, opens, closes and asks for help, and the focus is never lost', async () => {
    const page = await chromium.open(address)
    await page.keyboard.press('/')
    expect(await focusIs(page)).toBe('combobox Filter the cells')
    await page.keyboard.type('status:regressed tag:critical')
    await counts(page, '10 of 600 cells')
    await page.keyboard.press('Enter')
    expect(await focusIs(page)).toBe('grid Cells')
    const cursor = () => page.locator('.grid-row.at').getAttribute('aria-rowindex')
    expect(await cursor()).toBe('2')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    expect(await cursor()).toBe('3')
    await page.keyboard.press('Enter')
    await page.locator('.detail').getByText('Raw record').waitFor()
    expect(await focusIs(page)).toBe('h2 Ticket 5: where is the parcel')
    expect(await page.getByText('few-shot × sonnet, repeat 2 of 2').count()).toBe(1)
    await page.keyboard.press('j')
    await page.getByRole('heading', { name: 'Ticket 25: where is the parcel' }).waitFor()
    expect(await focusIs(page)).toBe('h2 Ticket 25: where is the parcel')
    await page.keyboard.press('Escape')
    await page.locator('.detail').waitFor({ state: 'detached' })
    expect(await focusIs(page)).toBe('grid Cells')
    expect(await cursor()).toBe('4')
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys and filters' }).waitFor()
    expect(await focusIs(page)).toBe('button Close')
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
    expect(await focusIs(page)).toBe('grid Cells')
  })

  it('gets past everything to the cells with the first key', async () => {
    const page = await chromium.open(address)
    await page.keyboard.press('Tab')
    expect(await focusIs(page)).toBe('a Skip to all cells')
    expect(
      await page.getByText('Skip to all cells').evaluate((link) => link.getBoundingClientRect().top),
    ).toBeGreaterThanOrEqual(0)
    await page.keyboard.press('Enter')
    await hashIs(page, '#cells')
    await page.keyboard.press('Tab')
    expect(await focusIs(page)).toBe('combobox Filter the cells')
  })

  it('reaches every control of the page with Tab, in the order they stand, and sees where it is', async () => {
    const page = await chromium.open(address)
    const expected = await reachable(page)
    const stops = await tabThrough(page, 200)
    expect(stops.filter(({ isSeen }) => !isSeen)).toStrictEqual([])
    expect(stops.filter(({ isInOrder }) => !isInOrder)).toStrictEqual([])
    expect(stops).toHaveLength(expected)
    expect(expected).toBeGreaterThan(30)
  }, 60_000)

  it('goes round in an open cell that covers the page, and meets every control of it', async () => {
    const cell = cellName(ticket(run, 3, 'few-shot × flash'))
    const page = await chromium.open(address, { at: `#cell=${cell}`, viewport: { width: 390, height: 800 } })
    await page.locator('.detail').getByText('Raw record').waitFor()
    const expected = await reachable(page, '.detail')
    expect(expected).toBeGreaterThan(30)
    await page.getByRole('button', { name: 'Previous cell' }).focus()
    const first = await focusIs(page)
    await page.keyboard.press('Shift+Tab')
    expect(await focusIs(page)).not.toBe(first)
    const stops: (Stop | undefined)[] = []
    for (let i = 0; i < expected; i++) {
      await page.keyboard.press('Tab')
      if (i === 0) expect(await focusIs(page)).toBe(first)
      stops.push(await page.evaluate(lookAtFocus))
    }
    expect(stops.filter((stop) => stop?.isSeen !== true || !stop.isInDetail)).toStrictEqual([])
    expect(stops.slice(1).filter((stop) => stop?.isInOrder !== true)).toStrictEqual([])
    await page.keyboard.press('Tab')
    expect(await focusIs(page)).toBe(first)
  })

  it('reaches every control of an open cell that stands beside the page', async () => {
    const cell = cellName(ticket(run, 3, 'few-shot × flash'))
    const page = await chromium.open(address, { at: `#cell=${cell}` })
    await page.locator('.detail').getByText('Raw record').waitFor()
    const expected = await reachable(page, '.detail')
    await page.getByRole('button', { name: 'Previous cell' }).press('Shift+Tab')
    const stops = (await tabThrough(page, 100)).filter(({ isInDetail }) => isInDetail)
    expect(stops.filter(({ isSeen }) => !isSeen)).toStrictEqual([])
    expect(stops.filter(({ isInOrder }) => !isInOrder)).toStrictEqual([])
    expect(stops).toHaveLength(expected)
    expect(expected).toBeGreaterThan(30)
  })
})
