import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { counts } from './cells-page.ts'
import { type Chromium, useChromium } from './chromium.ts'
import { part } from './detail-page.ts'
import { type HostileRun, hostileRun, type ReplyName } from './hostile-run.ts'
import { workings, unfold } from './inert.ts'

const PHONE = { width: 390, height: 800 }

/** Tests that these replies do nothing, from the model to the open cell; they are a run of the real command line. */
export function areInert(names: readonly ReplyName[]): {
  readonly chromium: Chromium
  readonly run: () => HostileRun
} {
  const chromium = useChromium()
  let run: HostileRun
  beforeAll(async () => {
    run = await hostileRun(names)
  }, 60_000)

  describe.each(names)('a reply of %s', (name) => {
    it('does nothing in the table and in its cell, keeps the page as wide as a phone, and is copied exactly', async () => {
      const of = `#q=${encodeURIComponent(`case:"${name}"`)}`
      const page = await chromium.open(run.address, { at: of, viewport: PHONE })
      await counts(page, `1 of ${names.length} cells`)
      expect(await workings(page)).toStrictEqual([])
      await page.locator('.grid-body [role="gridcell"]').first().click()
      const output = await part(page, 'Output')
      await output.getByRole('button', { name: 'Copy the output exactly' }).click()
      await output.getByText('Copied ✓').waitFor()
      expect(await isCopied(page, String(run.trial(name).output))).toBe(true)
      await page.getByRole('button', { name: 'This cell alone' }).click()
      await page.getByRole('group', { name: 'Output' }).waitFor()
      await unfold(page, '.detail')
      await page.locator('.detail').getByText('Long hashes are cut here.').waitFor()
      expect(await workings(page)).toStrictEqual([])
    })
  })

  describe('the page above the cells', () => {
    it.each([1280, 390])('does nothing with what it quotes of them, %i px wide', async (width) => {
      const page = await chromium.open(run.address, { viewport: { width, height: 800 } })
      expect(await page.locator('#verdict h2').textContent()).toContain('BLOCK')
      await unfold(page)
      expect(await page.locator('details.flip').count()).toBe(names.length)
      expect(await workings(page)).toStrictEqual([])
    })

    it('does nothing without scripts either', async () => {
      const page = await chromium.open(run.address, { viewport: PHONE, javaScriptEnabled: false })
      await unfold(page)
      expect(await workings(page)).toStrictEqual([])
    })
  })
  return { chromium, run: () => run }
}

/** Long texts are compared where they are. */
function isCopied(page: Page, text: string): Promise<boolean> {
  return page.evaluate(async (wanted) => (await navigator.clipboard.readText()) === wanted, text)
}
