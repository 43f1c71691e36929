import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import chromium from '@sparticuz/chromium'
import type { Browser, Page } from 'playwright-core'
import { chromium as playwright } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { renderPage, renderer } from '../../../../../reports/html/page.ts'
import { writeKeptReport } from '../../../../../scripts/kept-report.ts'
import { hostileTrials } from '../../../hostile.ts'
import { makeInput, text } from '../../../make-input.ts'
import { makeCell } from './make-cells.ts'

const dir = mkdtempSync(join(tmpdir(), 'assay-page-'))
const trials = [
  ...Array.from({ length: 1_300 }, (_, i) =>
    makeCell({ cell: { caseId: `c${i}` }, output: i % 600 === 9 ? 'a Needle here' : `reply ${i}` }),
  ),
  ...hostileTrials(),
]
const FLAGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

let browser: Browser
let whole: string
/** Where a page was opened, and what its browser told of it. */
interface Opened {
  readonly page: Page
  readonly told: readonly string[]
  readonly requests: readonly string[]
}

beforeAll(async () => {
  browser = await playwright.launch({ executablePath: await chromium.executablePath(), args: FLAGS })
  whole = await text(renderer.render(makeInput({ trials })))
}, 60_000)

afterAll(async () => {
  await browser.close()
  rmSync(dir, { recursive: true })
})

function put(name: string, content: string): string {
  writeFileSync(join(dir, name), content)
  return pathToFileURL(join(dir, name)).href
}

async function open(address: string, scripts = true): Promise<Opened> {
  const page = await browser.newPage({ javaScriptEnabled: scripts, viewport: { width: 1280, height: 900 } })
  const [told, requests]: [string[], string[]] = [[], []]
  page.on('console', (message) => told.push(message.text()))
  page.on('pageerror', (error) => told.push(String(error)))
  page.on('request', (request) => requests.push(request.url()))
  await page.goto(address)
  return { page, told, requests }
}

async function ready(page: Page): Promise<void> {
  await page.waitForFunction(() => performance.getEntriesByName('assay:ready').length > 0)
}

/** Types into the filter, and waits until the table says how many cells it has found. */
async function search(page: Page, words: string, cells: string): Promise<void> {
  await page.locator('#cells input').first().fill(words)
  await page.locator('#cells', { hasText: cells }).waitFor()
}

describe('a page in a browser', () => {
  it('opens from a disk with its table, and without an error, a warning or a request', async () => {
    const { page, told, requests } = await open(put('whole.html', whole))
    await ready(page)
    expect(await page.locator('#cells').innerText()).toContain('1,302 cells')
    expect(await page.locator('.cut-off').count()).toBe(0)
    expect(told).toStrictEqual([])
    expect(requests).toHaveLength(1)
    await page.close()
  })

  it('searches the texts in a worker', async () => {
    const { page, told } = await open(put('whole.html', whole))
    await ready(page)
    await search(page, 'needle', '3 of 1,302 cells')
    expect(page.workers()).toHaveLength(1)
    expect(told).toStrictEqual([])
    await page.close()
  })

  it('searches without a worker where its host forbids them', async () => {
    const strict = whole.replace('worker-src blob:;', "worker-src 'none';")
    const { page } = await open(put('strict.html', strict))
    await ready(page)
    await search(page, 'needle', '3 of 1,302 cells')
    expect(page.workers()).toHaveLength(0)
    await page.close()
  })

  it('says that it was cut off, and how much of it is there', async () => {
    const { page, told } = await open(
      put('cut.html', whole.slice(0, whole.indexOf('id="text-main-2"') - 500)),
    )
    await ready(page)
    expect(await page.locator('aside.cut-off').innerText()).toBe(
      'This file is cut off: 1 of 3 blocks of texts are there. The figures are whole; prompts and replies of some cells are missing. Render it again with “assay report RUN --reporter html”.',
    )
    expect(told).toStrictEqual([])
    await page.close()
  })

  it('says that it was cut off without a script, wherever that was', async () => {
    const cuts = { figures: 'id="numbers-main">', script: '<script>', style: '<style>:root' }
    await Promise.all(
      Object.entries(cuts).map(async ([name, at]) => {
        const { page } = await open(put(`cut-${name}.html`, whole.slice(0, whole.indexOf(at) + 200)))
        const said = await page.waitForFunction(() => {
          const { visibility, content } = getComputedStyle(document.body, '::before')
          return visibility === 'visible' && content
        })
        expect(await said.jsonValue()).toContain('This file is cut off')
        await page.close()
      }),
    )
  })

  it('says in the place of the table that its cells are damaged', async () => {
    const damaged = whole.replace(/(id="numbers-main">.{20}).{40}/, `$1${'A'.repeat(40)}`)
    const { page, told } = await open(put('damaged.html', damaged))
    await page.locator('#cells [role=alert]').waitFor()
    expect(await page.locator('#cells').innerText()).toContain(
      'The cells cannot be read: this file is damaged',
    )
    expect(told).toStrictEqual([])
    await page.close()
  })
})

describe('a page with blocks beside it', () => {
  const INLINE = 10

  async function written(): Promise<string> {
    const file = join(dir, 'large.html')
    const large = {
      ...renderer,
      render: (...[input, beside]: Parameters<typeof renderer.render>) => renderPage(input, beside, INLINE),
    }
    await writeKeptReport(file, large, makeInput({ trials }))
    return file
  }

  it('reads them from a disk', async () => {
    const { page, told } = await open(pathToFileURL(await written()).href)
    await ready(page)
    await search(page, 'needle', '3 of 1,302 cells')
    expect(told).toStrictEqual([])
    await page.close()
  })

  it('reads them from a server', async () => {
    const file = await written()
    const server = createServer(({ url = '' }, response) => {
      response.setHeader('content-type', url.endsWith('.html') ? 'text/html' : 'text/javascript')
      response.end(readFileSync(join(dir, url)))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as AddressInfo
    const { page, told } = await open(`http://127.0.0.1:${port}/${file.slice(dir.length + 1)}`)
    await ready(page)
    await search(page, 'needle', '3 of 1,302 cells')
    expect(told).toStrictEqual([])
    await page.close()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })

  it('runs no other script than those, whoever asks for one', async () => {
    const { page } = await open(pathToFileURL(await written()).href)
    await ready(page)
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
    await page.close()
  })
})
