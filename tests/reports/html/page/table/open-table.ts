import type { Page } from 'playwright-core'
import { beforeAll } from 'vitest'
import { buildScene } from '../browser/build-scene.ts'
import { type OpenOptions, useChromium } from '../browser/chromium.ts'

const BODY = `<header><h1>support</h1></header><main id="report"><section id="gates"><p>Gates <a id="missing" href="#cell=0123456789abcdef">a cell</a></p></section>
<section id="cells" aria-label="All cells"></section></main>`

/** A real browser with the table in it, under the page's own policy. What it opens, by the end of the address. */
export function useTables(): (at?: string, options?: OpenOptions) => Promise<Page> {
  const chromium = useChromium()
  let address: string
  beforeAll(async () => {
    const scene = await buildScene(import.meta.dirname, 'scene.ts')
    address = await chromium.put(scene(BODY))
  })
  return async (at = '', options = {}) => {
    const viewport = { width: 1280, height: 900 }
    const page = await chromium.open(address, { at, getsReady: false, viewport, ...options })
    await page.waitForSelector('.all-cells')
    return page
  }
}
