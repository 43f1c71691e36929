import type { Page } from 'playwright-core'

/** What a reader waits for, in ms: medians of several tries but for the search, which is one. */
export interface Interactions {
  readonly filterMs: number
  readonly scrollMs: number
  readonly detailMs: number
  readonly searchMs: number
  /** The longest time the page could not answer while it searched. */
  readonly blockedMs: number
  readonly found: string
}

/** Filters, scrolls, opens cells and searches in an open report. Times are taken inside the page, to the frame that shows it. */
export function interact(page: Page): Promise<Interactions> {
  return page.evaluate(inPage)
}

/** Runs in the page: refers to nothing outside itself. */
async function inPage(): Promise<Interactions> {
  const find = (selector: string): HTMLElement => {
    const element = document.querySelector<HTMLElement>(selector)
    if (element === null) throw new Error(`the page has no ${selector}`)
    return element
  }
  const frame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve))
  const timed = async (act: () => void, done: () => boolean): Promise<number> => {
    const began = performance.now()
    act()
    // What is done when a frame begins is painted when the next one does.
    await frame()
    while (!done()) {
      await frame()
      if (performance.now() - began > 60_000) throw new Error('the page did not answer in a minute')
    }
    await frame()
    return performance.now() - began
  }
  const medianOf = async (n: number, once: (i: number) => Promise<number>): Promise<number> => {
    const all: number[] = []
    for (let i = 0; i < n; i++) all.push(await once(i))
    return all.toSorted((a, b) => a - b)[n >> 1] ?? Number.NaN
  }
  const field = find('.all-cells input[role="combobox"]')
  const count = () => find('.all-cells .count').textContent
  const type = (text: string) => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text)
    field.dispatchEvent(new Event('input', { bubbles: true }))
  }
  const filter = (text: string) => {
    const before = count()
    return timed(
      () => type(text),
      () => count() !== before,
    )
  }

  const filters = ['status:failed', 'status:passed', 'tag:critical', 'score:<0.7', 'prompt:few']
  const filterMs = await medianOf(filters.length, (i) => filter(filters[i] ?? ''))
  await filter('')
  await frame()

  const grid = find('.all-cells .grid')
  const firstRow = () => document.querySelector('.grid-rows .grid-row')?.getAttribute('data-row')
  const scrollMs = await medianOf(9, (i) => {
    const before = firstRow()
    return timed(
      () => (grid.scrollTop = ((i * 0.37 + 0.2) % 1) * (grid.scrollHeight - 800)),
      () => firstRow() !== before,
    )
  })

  const output = () => document.querySelector('.detail')?.textContent ?? ''
  const detailMs = await medianOf(5, async (i) => {
    const row =
      document.querySelectorAll('.grid-rows .grid-row')[i]?.querySelector<HTMLElement>('[data-column]') ??
      undefined
    if (row === undefined) throw new Error('no row is drawn')
    const before = output()
    return timed(
      () => row.click(),
      () => output() !== before && /Output/.test(output()) && !/Reading…/.test(output()),
    )
  })
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
  await frame()

  let blockedMs = 0
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) blockedMs = Math.max(blockedMs, entry.duration)
  })
  observer.observe({ type: 'longtask' })
  const isSearching = () => document.querySelector('.filter-status progress') !== null
  const began = performance.now()
  type('screenshot')
  let seen = false
  while (performance.now() - began < 120_000) {
    await frame()
    if (seen && !isSearching()) break
    seen ||= isSearching()
  }
  await frame()
  const searchMs = performance.now() - began
  observer.disconnect()
  return { filterMs, scrollMs, detailMs, searchMs, blockedMs, found: count() ?? '' }
}
