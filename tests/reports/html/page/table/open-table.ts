import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import chromium from '@sparticuz/chromium'
import { type BrowserContextOptions, chromium as driver, type Page } from 'playwright-core'
import { build } from 'vite'

/** A real browser with the table in it, under the page's own policy. */
export interface TableBrowser {
  /** `problems`: what the page said on its console, and every error. */
  open(address?: string, options?: BrowserContextOptions): Promise<{ page: Page; problems: string[] }>
  close(): Promise<void>
}

export async function startTables(): Promise<TableBrowser> {
  const html = await sceneHtml()
  const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(html))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const browser = await driver.launch({
    executablePath: await chromium.executablePath(),
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
  return {
    async open(address = '', options = {}) {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
      await context.grantPermissions(['clipboard-read', 'clipboard-write'])
      const page = await context.newPage()
      const problems: string[] = []
      page.on('console', (message) => problems.push(`console: ${message.text()}`))
      page.on('pageerror', (error) => problems.push(`error: ${error.message}`))
      await page.goto(`${origin}/${address}`)
      await page.waitForSelector('.all-cells')
      return { page, problems }
    },
    async close() {
      await browser.close()
      server.close()
    },
  }
}

async function sceneHtml(): Promise<string> {
  const built = await build({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'warn',
    publicDir: false,
    mode: 'production',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      cssCodeSplit: false,
      lib: {
        entry: join(import.meta.dirname, 'scene.ts'),
        formats: ['iife'],
        name: 'scene',
        fileName: () => 'scene.js',
        cssFileName: 'style',
      },
    },
  })
  const outputs = (Array.isArray(built) ? built : [built]).flatMap((one) =>
    'output' in one ? one.output : [],
  )
  const script = outputs.find((file) => file.type === 'chunk')?.code ?? ''
  const style = outputs.find((file) => file.type === 'asset')?.source ?? ''
  const digest = (text: string | Uint8Array) =>
    `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  const policy = `default-src 'none'; script-src ${digest(script)}; style-src ${digest(style)}; worker-src blob:; require-trusted-types-for 'script'; trusted-types assay; base-uri 'none'; form-action 'none'`
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>cells</title><style>${String(style)}</style></head>
<body><header><h1>support</h1></header><main id="report"><section id="gates"><p>Gates <a id="missing" href="#cell=0123456789abcdef">a cell</a></p></section>
<section id="cells" aria-label="All cells"></section></main><script>${script}</script></body></html>`
}
