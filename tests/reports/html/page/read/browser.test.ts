import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { renderPage, renderer } from '../../../../../reports/html/page.ts'
import { hostileTrials } from '../../../hostile.ts'
import { makeInput } from '../../../make-input.ts'
import { type OpenOptions, useChromium } from '../browser/chromium.ts'
import { makeCell } from './make-cells.ts'

const trials = [
  ...Array.from({ length: 1_300 }, (_, i) =>
    makeCell({ cell: { caseId: `c${i}` }, output: i % 600 === 9 ? 'a Needle here' : `reply ${i}` }),
  ),
  ...hostileTrials(),
]
const chromium = useChromium()
let [whole, file] = ['', '']
beforeAll(async () => {
  file = await chromium.write(makeInput({ trials }))
  whole = await readFile(fileURLToPath(file), 'utf8')
})

/** A page that was altered, where it does not get as far as its table. */
const openBroken = async (html: string, options: OpenOptions = {}): Promise<Page> =>
  chromium.open(await chromium.put(html), { getsReady: false, ...options })

/** Types into the filter, and waits until the texts are searched. How many cells the table then says that it has. */
async function found(page: Page, words: string): Promise<string> {
  await page.getByRole('combobox', { name: 'Filter the cells' }).fill(words)
  await page.locator('.count', { hasText: ' of ' }).waitFor()
  await page.locator('.filter-status progress').waitFor({ state: 'detached' })
  return page.locator('.count').innerText()
}

describe('a page in a browser', () => {
  it('opens from a disk with its table, and without an error, a warning or a request', async () => {
    const page = await chromium.open(file)
    expect(await page.locator('#cells').innerText()).toContain('1,302 cells')
    expect(await page.locator('.cut-off').count()).toBe(0)
  })

  it('searches the texts in a worker', async () => {
    const page = await chromium.open(file)
    expect(await found(page, 'needle')).toBe('3 of 1,302 cells')
    expect(page.workers()).toHaveLength(1)
  })

  it('searches without a worker where its host forbids them', async () => {
    const strict = whole.replace('worker-src blob:;', "worker-src 'none';")
    const page = await chromium.open(await chromium.put(strict), { mayTell: /worker-src|worker script/ })
    expect(await found(page, 'needle')).toBe('3 of 1,302 cells')
    expect(page.workers()).toHaveLength(0)
  })

  it('says that it was cut off, and how much of it is there', async () => {
    const cut = whole.slice(0, whole.indexOf('id="text-main-2"') - 500)
    const page = await chromium.open(await chromium.put(cut))
    expect(await page.locator('aside.cut-off').innerText()).toBe(
      'This file is cut off: 1 of 3 blocks of texts are there. The figures are whole; prompts and replies of some cells are missing. Render it again with “assay report RUN --reporter html”.',
    )
  })

  it('says that it was cut off without a script, wherever that was', async () => {
    const cuts = { figures: 'id="numbers-main">', script: '<script>', style: '<style>:root' }
    await Promise.all(
      Object.values(cuts).map(async (at) => {
        const page = await openBroken(whole.slice(0, whole.indexOf(at) + 200), { mayTell: /style-src/ })
        const said = await page.waitForFunction(() => {
          const { visibility, content } = getComputedStyle(document.body, '::before')
          return visibility === 'visible' && content
        })
        expect(await said.jsonValue()).toContain('This file is cut off')
      }),
    )
  })

  it('says in the place of the table that its cells are damaged', async () => {
    const damaged = whole.replace(/(id="numbers-main">.{20}).{40}/, `$1${'A'.repeat(40)}`)
    const page = await openBroken(damaged)
    await page.locator('#cells [role=alert]').waitFor()
    expect(await page.locator('#cells').innerText()).toContain(
      'The cells cannot be read: this file is damaged',
    )
  })
})

describe('a page that is still on its way', () => {
  /** Serves the page up to somewhere, and the rest when it is told to. */
  async function served(upTo: number): Promise<{ address: string; finish: () => void; close: () => void }> {
    const rest = Promise.withResolvers<void>()
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'text/html')
      response.write(whole.slice(0, upTo))
      void rest.promise.then(() => response.end(whole.slice(upTo)))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    return {
      address: `http://127.0.0.1:${port}/`,
      finish: rest.resolve,
      close() {
        server.closeAllConnections()
        server.close()
      },
    }
  }

  it('has its table, and waits for the texts that are asked for', async () => {
    const { address, finish, close } = await served(whole.indexOf('id="text-main-1"') + 200)
    const page = await chromium.open(address, { isArriving: true })
    expect(await page.evaluate(() => document.readyState)).toBe('loading')
    await page.locator('#cells input').first().fill('needle')
    await page.locator('#cells', { hasText: '1 of 1,302 cells' }).waitFor()
    finish()
    await page.locator('#cells', { hasText: '3 of 1,302 cells' }).waitFor()
    expect(await page.locator('body').innerText()).not.toMatch(/cut off|damaged/)
    close()
  })

  it('opens the cell that its address names once its texts are there', async () => {
    const { address, finish, close } = await served(whole.indexOf('id="text-main-1"') + 200)
    const at = `#cell=${trials[609]?.cell.id.slice(0, 16)}`
    const page = await chromium.open(address, { at, isArriving: true })
    finish()
    await page.getByText('a Needle here').waitFor()
    expect(await page.locator('#detail-title').innerText()).toBe('c609')
    close()
  })
})

describe('a page whose host forbids what it is unpacked to', () => {
  it('says in the place of the table where the cells are', async () => {
    const [, loader = ''] = /script-src '([^']*)'/.exec(whole) ?? []
    const forbidden = whole.replace(/script-src [^;]*/, `script-src '${loader}'`)
    const page = await openBroken(forbidden, { mayTell: /script-src/ })
    expect(await page.locator('#cells').innerText()).toContain('every cell is in trials.jsonl')
  })

  it('says so where a browser cannot unpack it', async () => {
    const page = await chromium.open(file, {
      getsReady: false,
      without: () => Reflect.deleteProperty(globalThis, 'DecompressionStream'),
    })
    await page.locator('#cells [role=alert]').waitFor()
    expect(await page.locator('#cells').innerText()).toMatch(
      /^All cells: the page’s script could not be unpacked .*this browser too old/,
    )
  })
})

describe('a page with blocks beside it', () => {
  const INLINE = 10

  /** What the page loads from beside it. */
  const BESIDE = { mayTell: /^request: .*\.data\/text-main-\d\.js$/ }
  const large = {
    ...renderer,
    render: (...[input, beside]: Parameters<typeof renderer.render>) => renderPage(input, beside, INLINE),
  }
  const written = () => chromium.write(makeInput({ trials }), large)

  it('reads them from a disk', async () => {
    const page = await chromium.open(await written(), BESIDE)
    expect(await found(page, 'needle')).toBe('3 of 1,302 cells')
  })

  it('reads them from a server', async () => {
    const page = await chromium.open(await written(), { headers: {}, ...BESIDE })
    expect(await found(page, 'needle')).toBe('3 of 1,302 cells')
  })

  it('runs no other script than those, whoever asks for one', async () => {
    const page = await chromium.open(await written(), { mayTell: /TrustedScriptURL|evil\.js/ })
    const refused = await page.evaluate(() => {
      const script = document.createElement('script')
      try {
        script.src = 'evil.js'
        return 'taken'
      } catch (error) {
        return (error as Error).name
      }
    })
    expect(refused).toBe('TypeError')
  })
})
