import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium as driver,
  type Page,
} from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import type { Renderer, ReportInput } from '../../../../../harness/model/report.ts'
import { renderers } from '../../../../../reports/renderers.ts'
import { writeKeptReport } from '../../../../../scripts/kept-report.ts'
import { chromiumPath } from '../../../../../scripts/chromium-path.ts'

export interface OpenOptions extends BrowserContextOptions {
  /** The end of the address: a query, a hash. */
  readonly at?: string
  /** Headers of the loopback server that the page then comes from; without them it is opened from the disk. */
  readonly headers?: Readonly<Record<string, string>>
  /** What the browser may say of this page, where a host forbids something on purpose. */
  readonly mayTell?: RegExp
  /** False where the page does not get as far as its table. */
  readonly getsReady?: boolean
  /** True for a page that is still on its way. */
  readonly isArriving?: boolean
  /** What a browser of this kind lacks: runs in the page before its own script. */
  readonly without?: () => void
}

/** A real browser for the tests of one file. */
export interface Chromium {
  /** Writes a report as the command line does, with the renderer of pages unless another is given. Its address on the disk. */
  write(input: ReportInput, renderer?: Renderer): Promise<string>
  /** The same for a page that was altered. */
  put(html: string): Promise<string>
  /** In a context of its own, as a reader who was sent the address. */
  open(address: string, options?: OpenOptions): Promise<Page>
}

interface Watched {
  readonly context: BrowserContext
  readonly pages: Page[]
  readonly problems: string[]
}

const ARGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
/** ms that a page may take for anything, on a machine with other work. */
const TIMEOUT = 20_000
const VIEWPORT = { width: 1280, height: 800 }

/**
 * Starts a browser before the tests of a file and ends it after them. After each test, the pages that it opened must have told
 * nothing on their console, broken no policy, thrown nothing, asked nothing and loaded nothing but themselves.
 */
export function useChromium(): Chromium {
  let [browser, host, dir] = [undefined as Browser | undefined, undefined as Host | undefined, '']
  let files = 0
  const watched: Watched[] = []

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'assay-browser-'))
    host = await startHost(dir)
    browser = await driver.launch({ executablePath: await chromiumPath(), args: ARGS })
  }, 120_000)
  afterAll(async () => {
    await browser?.close()
    host?.close()
    await rm(dir, { recursive: true })
  })
  afterEach(async () => {
    const found: string[] = []
    for (const { context, pages, problems } of watched.splice(0)) {
      for (const page of pages) found.push(...(await foundIn(page)))
      found.push(...problems)
      await context.close()
    }
    expect(found).toStrictEqual([])
  })

  const nextFile = () => join(dir, `report-${files++}.html`)
  return {
    async write(input, renderer) {
      const file = nextFile()
      await writeKeptReport(file, renderer ?? (await renderers.html()), input)
      return pathToFileURL(file).href
    },
    async put(html) {
      const file = nextFile()
      await writeFile(file, html)
      return pathToFileURL(file).href
    },
    async open(address, asked = {}) {
      const { at = '', headers, mayTell, getsReady = true, isArriving, without, ...options } = asked
      if (browser === undefined || host === undefined) throw new Error('the browser has not started')
      const shown = `${headers === undefined ? address : host.addressOf(address, headers)}${at}`
      const context = await browser.newContext({ viewport: VIEWPORT, ...options })
      context.setDefaultTimeout(TIMEOUT)
      await context.grantPermissions(['clipboard-read', 'clipboard-write'])
      const one: Watched = { context, pages: [], problems: [] }
      watched.push(one)
      await watch(one, mayTell)
      if (without !== undefined) await context.addInitScript(without)
      const page = await context.newPage()
      await page.goto(shown, isArriving === true ? { waitUntil: 'commit' } : {})
      if (getsReady && options.javaScriptEnabled !== false)
        await page.waitForFunction(() => performance.getEntriesByName('assay:ready').length > 0)
      return page
    },
  }
}

async function watch({ context, pages, problems }: Watched, mayTell: RegExp | undefined): Promise<void> {
  const tell = (problem: string) => {
    if (mayTell?.test(problem) !== true) problems.push(problem)
  }
  await context.exposeFunction('tellViolation', (what: string) => tell(`policy: ${what}`))
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => {
      const { tellViolation } = globalThis as unknown as {
        readonly tellViolation: (what: string) => void
      }
      tellViolation(`${effectiveDirective} ${blockedURI} ${sample}`)
    })
  })
  context.on('page', (page) => {
    pages.push(page)
    if (pages.length > 1) tell(`window: ${page.url()}`)
    page.on('pageerror', (error) => tell(`error: ${error.message}`))
    page.on('websocket', (socket) => tell(`socket: ${socket.url()}`))
    page.on('dialog', (dialog) => {
      tell(`dialog: ${dialog.type()} ${dialog.message()}`)
      // A page that asks whether to leave it is left.
      void dialog.accept()
    })
  })
  context.on('console', (message) => tell(`console: ${message.text()}`))
  context.on('request', (request) => {
    const isOwn = request.isNavigationRequest() && request.frame().parentFrame() === null
    if (!isOwn && !request.url().startsWith('blob:')) tell(`request: ${request.url()}`)
  })
}

/** What can only be seen in the page itself. */
async function foundIn(page: Page): Promise<string[]> {
  if (page.isClosed()) return []
  const frames = page.frames().length > 1 ? [`frames: ${page.frames().length}`] : []
  const isRun = await page.evaluate(() => '__pwned' in globalThis)
  return isRun ? [...frames, 'a text was run as a script'] : frames
}

interface Host {
  addressOf(file: string, headers: Readonly<Record<string, string>>): string
  close(): void
}

/** Serves the files of a folder over loopback, each with the headers that were asked for. */
async function startHost(dir: string): Promise<Host> {
  const places: Readonly<Record<string, string>>[] = []
  const server: Server = createServer(({ url = '' }, response) => {
    const [, place = '', ...way] = url.split('/')
    const headers = places[Number(place)]
    if (headers === undefined) throw new Error(`nobody was sent to ${url}`)
    for (const [header, value] of Object.entries(headers)) response.setHeader(header, value)
    response.setHeader('content-type', url.endsWith('.html') ? 'text/html' : 'text/javascript')
    response.end(readFileSync(join(dir, ...way)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    addressOf(file, headers) {
      const place = places.push(headers) - 1
      return `http://127.0.0.1:${port}/${place}/${basename(fileURLToPath(file))}`
    },
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
