import type { Browser, Page } from 'playwright-core'

type Scheme = 'light' | 'dark'

/** A part of the page as a picture. */
interface Shot {
  readonly name: string
  /** The parts from whose first to whose last it reaches; without them it is what the window shows. */
  readonly parts?: readonly string[]
  /** What a reader does before. */
  readonly prepare?: (page: Page) => Promise<void>
}

export interface Picture {
  readonly name: string
  readonly png: Buffer
}

/** The worst flip, opened: what the model said then and now. */
const WORST = '#flips .flip'

const SHOTS: readonly Shot[] = [
  { name: 'verdict', parts: ['body > header', '#verdict'] },
  { name: 'gates', parts: ['#gates'] },
  { name: 'flips', parts: ['#flips'], prepare: (page) => page.locator(`${WORST} > summary`).first().click() },
  { name: 'forest', parts: ['#forest'] },
  { name: 'trade-off', parts: ['#tradeoff'] },
  { name: 'latency', parts: ['#latency'] },
  { name: 'slices', parts: ['#slices'] },
  { name: 'cells', parts: ['#cells'], prepare: showRegressed },
  { name: 'cell', prepare: openWorst },
  { name: 'history', parts: ['#history'] },
]

/** px: what is longer is cut. */
const HEIGHTS: Readonly<Record<number, number>> = { 1280: 800, 390: 1000 }
/** px around a part. */
const MARGIN = 14

/** Every part of the page at every width, light and dark. */
export async function* takeShots(browser: Browser, address: string): AsyncGenerator<Picture> {
  for (const width of Object.keys(HEIGHTS).map(Number))
    for (const scheme of ['light', 'dark'] as const)
      for (const shot of SHOTS)
        yield {
          name: `${shot.name}-${width}-${scheme}`,
          png: await take(browser, address, { shot, width, scheme }),
        }
}

interface How {
  readonly shot: Shot
  readonly width: number
  readonly scheme: Scheme
}

async function take(browser: Browser, address: string, { shot, width, scheme }: How): Promise<Buffer> {
  const most = HEIGHTS[width] ?? 800
  const page = await browser.newPage({ viewport: { width, height: most }, colorScheme: scheme })
  try {
    await page.goto(address)
    await page.waitForFunction(() => performance.getEntriesByName('assay:ready').length > 0)
    await shot.prepare?.(page)
    return await page.screenshot(
      shot.parts && { fullPage: true, clip: await placeOf(page, shot.parts, most) },
    )
  } finally {
    await page.close()
  }
}

/** Where parts stand in the page: taken at its top, where the window's place is the page's. */
async function placeOf(page: Page, parts: readonly string[], most: number) {
  await page.locator('h1').scrollIntoViewIfNeeded()
  const boxes = await Promise.all(parts.map((part) => page.locator(part).first().boundingBox()))
  const [first, last] = [boxes[0], boxes.at(-1)]
  if (!first || !last) throw new Error(`the page has no ${parts.join(' or ')}`)
  const y = Math.max(0, first.y - MARGIN)
  const { width = 0 } = page.viewportSize() ?? {}
  return { x: 0, y, width, height: Math.min(most, last.y + last.height + MARGIN - y) }
}

async function showRegressed(page: Page): Promise<void> {
  await page
    .locator('#cells')
    .getByRole('button', { name: /^Regressed/ })
    .click()
}

/** The cell of the worst flip, beside the table. */
async function openWorst(page: Page): Promise<void> {
  await page.locator(`${WORST} > summary`).first().click()
  await page.locator(`${WORST} a[href^="#cell="]`).first().click()
  await page.locator('.detail').getByRole('heading', { name: 'Raw record' }).waitFor()
}
