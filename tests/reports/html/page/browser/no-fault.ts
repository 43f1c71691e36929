import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { violations } from './axe.ts'
import { filter } from './cells-page.ts'
import { useChromium } from './chromium.ts'
import { part } from './detail-page.ts'
import { blockedSupport, cellName, supportRun, ticket } from './support.ts'

const cell = cellName(ticket(supportRun('many'), 1, 'few-shot × sonnet'))

const STATES: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  'as it opens, and with all that is folded opened': (page) =>
    page.locator('details').evaluateAll((all) => all.forEach((one) => one.setAttribute('open', ''))),
  'with a filter': (page) => filter(page, 'status:regressed zebra', '0 of 600 cells'),
  'with a cell open': async (page) => {
    await page.evaluate((name) => {
      location.hash = `#cell=${name}`
    }, cell)
    await part(page, 'Raw record')
    await page.keyboard.press('2')
  },
  'with its help open': async (page) => {
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keys and filters' }).waitFor()
  },
}

/** The rules of axe-core, all of them in the light; in the dark, what depends on it. */
const RULES = { light: [], dark: ['color-contrast', 'link-in-text-block'] } as const

/** Tests that axe-core finds no fault with a page so wide, in any state of it. */
export function findsNoFault(width: number): void {
  const chromium = useChromium()
  let address: string
  beforeAll(async () => {
    address = await chromium.write(await blockedSupport())
  })

  describe.each(['light', 'dark'] as const)(`a page of ${width} px in the %s`, (colorScheme) => {
    it.each(Object.entries(STATES))('has nothing that axe-core finds wrong, %s', async (_, into) => {
      const page = await chromium.open(address, {
        viewport: { width, height: 800 },
        colorScheme,
        reducedMotion: 'reduce',
        bypassCSP: true,
      })
      await into(page)
      expect(await violations(page, { rules: RULES[colorScheme] })).toStrictEqual([])
      expect(await isDark(page)).toBe(colorScheme === 'dark')
    })
  })
}

/** Whether the page's ground is darker than its text. */
function isDark(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const { backgroundColor, color } = getComputedStyle(document.body)
    const [ground = 0, text = 0] = [backgroundColor, color].map((one) => Number(/\d+/.exec(one)?.[0]))
    return ground < text
  })
}
