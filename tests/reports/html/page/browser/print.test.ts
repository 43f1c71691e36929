import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { comparedInput } from '../../../make-comparison.ts'
import { useChromium } from './chromium.ts'
import { blockedSupport } from './support.ts'

const chromium = useChromium()

/** CSS pixels between the margins of a page of A4. */
const PAPER = Math.floor(((210 - 2 * 12) / 25.4) * 96)

const INPUTS = {
  'a comparison that has something of everything': async () => comparedInput(),
  'a run of 600 cells with 20 flips': blockedSupport,
}

/** The sizes of a PDF's pages, in mm. */
async function pagesOf(page: Page): Promise<(readonly number[])[]> {
  const pdf = (await page.pdf({ format: 'A4' })).toString('latin1')
  const sizes = [...pdf.matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)]
  // Each is told of its own page, else this count would be another.
  expect(pdf.match(/\/Type\s*\/Page\b(?!s)/g)).toHaveLength(sizes.length)
  return sizes.map(([, width, height]) => [width, height].map((pt) => Math.round((Number(pt) / 72) * 25.4)))
}

/** Texts that are cut off on paper: what scrolls on a screen does not there. */
function clipped(page: Page): Promise<string[]> {
  return page.evaluate((width) => {
    const shown = [...document.querySelectorAll<HTMLElement>('body *')].filter(
      (one) => one.checkVisibility() && !one.closest('.unseen, svg') && one.clientWidth > 0,
    )
    return shown.flatMap((one) => {
      const { overflowX, overflowY } = getComputedStyle(one)
      const isCutAside = overflowX !== 'visible' && one.scrollWidth > one.clientWidth + 1
      const isCutBelow = overflowY !== 'visible' && one.scrollHeight > one.clientHeight + 1
      const isOutside = one.getBoundingClientRect().right > width + 1
      return isCutAside || isCutBelow || isOutside
        ? [`${one.localName}.${one.className} ${one.innerText.slice(0, 80)}`]
        : []
    })
  }, PAPER)
}

describe.each(Object.entries(INPUTS))('%s', (_, input) => {
  it.each(['light', 'dark'] as const)(
    'is printed on two pages of A4, from a screen in the %s',
    async (colorScheme) => {
      const page = await chromium.open(await chromium.write(await input()), { colorScheme })
      expect(await pagesOf(page)).toStrictEqual([
        [210, 297],
        [210, 297],
      ])
    },
  )

  it('has on paper all that decides and no table of cells, and nothing is cut off', async () => {
    const page = await chromium.open(await chromium.write(await input()), {
      viewport: { width: PAPER, height: 1000 },
    })
    await page.emulateMedia({ media: 'print' })
    for (const id of ['verdict', 'gates', 'flips', 'forest'])
      expect(await page.locator(`#${id}`).isVisible()).toBe(true)
    for (const selector of ['#cells', '.all-cells', '.sections', '.skip', 'button'])
      expect(await page.locator(selector).filter({ visible: true }).count()).toBe(0)
    expect(await clipped(page)).toStrictEqual([])
    const [ground, text] = await page.evaluate(() => {
      const { backgroundColor, color } = getComputedStyle(document.body)
      return [backgroundColor, color]
    })
    expect([ground, text]).toStrictEqual(['rgb(255, 255, 255)', 'rgb(0, 0, 0)'])
  })
})
