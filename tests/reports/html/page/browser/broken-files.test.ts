import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { counts } from './cells-page.ts'
import { useChromium } from './chromium.ts'
import { blockedSupport } from './support.ts'

const chromium = useChromium()
let html: string
beforeAll(async () => {
  html = await readFile(fileURLToPath(await chromium.write(await blockedSupport())), 'utf8')
})

/** Without its script a page waits before it says so: it might be on its way. */
const WAIT = { timeout: 15_000 }

/** Where a file may end: in its figures, in what its script needs, in the script, in its texts. */
const CUTS: Readonly<Record<string, (whole: string) => number>> = {
  'in the gates': (whole) => whole.indexOf('id="gates"') + 900,
  'in a flip': (whole) => whole.indexOf('class="word-diff"') + 40,
  'in a chart': (whole) => whole.indexOf('id="forest"') + 2_000,
  'in what the page is about': (whole) => whole.indexOf('id="about"') + 200,
  'in the cases': (whole) => whole.indexOf('id="cases"') + 200,
  'in the figures of the cells': (whole) => whole.indexOf('id="numbers-main"') + 300,
  'in its script': (whole) => whole.indexOf('id="client"') + 3_000,
  'in the texts': (whole) => whole.indexOf('id="text-main-0"') + 500,
  'in the last texts': (whole) => whole.lastIndexOf('id="text-base-') + 500,
  'half-way': (whole) => whole.length >> 1,
  'just before its end': (whole) => whole.indexOf('<i id="end"'),
}

/** What tells a reader that the file is cut off: a sentence of the script, or else of the style sheet. */
function told(page: Page): Promise<string> {
  return page.evaluate(() => {
    const said = [...document.querySelectorAll('[role="alert"], .cut-off')].map((one) => one.textContent)
    const { visibility, content } = getComputedStyle(document.body, '::before')
    return [...said, visibility === 'visible' ? content : ''].join(' ')
  })
}

describe('a file that is cut off', () => {
  it.each([true, false])(
    'says so wherever it ends, and its verdict still reads (scripts: %s)',
    async (javaScriptEnabled) => {
      const found = await Promise.all(
        Object.entries(CUTS).map(async ([where, at]) => {
          const cut = html.slice(0, at(html))
          expect(cut.length).toBeGreaterThan(10_000)
          const page = await chromium.open(await chromium.put(cut), { javaScriptEnabled, getsReady: false })
          const verdict = await page.locator('#verdict h2').textContent()
          await expect.poll(() => told(page), WAIT).toContain('cut off')
          return [where, verdict?.includes('BLOCK')]
        }),
      )
      expect(found).toStrictEqual(Object.keys(CUTS).map((where) => [where, true]))
    },
  )

  it('has its cells where their figures have come, and tells of a text that has not', async () => {
    const page = await chromium.open(await chromium.put(html.slice(0, CUTS['in the texts']?.(html))))
    await counts(page, '600 cells')
    await expect.poll(() => told(page), WAIT).toMatch(/cut off: 0 of \d+ blocks of texts are there/)
    await page.locator('.grid-body [role="gridcell"]').first().click()
    await page
      .locator('.detail')
      .getByText('The texts of this cell cannot be read: this file is damaged, or cut off.')
      .waitFor()
  })
})

describe('a file that another assay wrote, or a part of which is gone', () => {
  const said = async (altered: string) => {
    const page = await chromium.open(await chromium.put(altered), { getsReady: false })
    await page.locator('#cells [role="alert"]').waitFor()
    expect(await page.locator('#verdict h2').textContent()).toContain('BLOCK')
    return page.locator('#cells').innerText()
  }

  it('of a newer version says so instead of its cells', async () => {
    expect(await said(html.replace('id="about">{"v":1,', 'id="about">{"v":2,'))).toContain(
      'The cells were written by a newer version of assay than this page',
    )
  })

  it('without the figures of its cells says that they are not there', async () => {
    expect(
      await said(html.replace(/<script type="text\/plain" id="numbers-main">[^<]*<\/script>/, '')),
    ).toMatch(/This file is (cut off|damaged).*“assay report/)
  })

  it('with figures of another run says that it is damaged', async () => {
    const [, base = ''] = /id="numbers-base">([^<]*)/.exec(html) ?? []
    const swapped = html.replace(
      /(id="numbers-main">)[^<]*/,
      (_, tag: string) => tag + base.slice(0, base.length >> 1),
    )
    expect(await said(swapped)).toContain('this file is damaged')
  })
})
