import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import chromium from '@sparticuz/chromium'
import { type Browser, type BrowserContextOptions, chromium as driver, type Page } from 'playwright-core'
import { build } from 'vite'
import type { FakeParts } from './fake-report.ts'

/** A real browser with the detail in it, opened from a file under the page's own policy. */
export interface SceneBrowser {
  /** `problems`: what the page said on its console, and every error, dialog and request beyond the file itself. */
  open(parts: FakeParts, options?: BrowserContextOptions): Promise<{ page: Page; problems: string[] }>
  close(): Promise<void>
}

export async function startScenes(): Promise<SceneBrowser> {
  const dir = await mkdtemp(join(tmpdir(), 'assay-scene-'))
  await build({
    configFile: false,
    root: import.meta.dirname,
    logLevel: 'warn',
    publicDir: false,
    mode: 'production',
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: dir,
      emptyOutDir: true,
      cssCodeSplit: false,
      lib: {
        entry: join(import.meta.dirname, 'scene.tsx'),
        formats: ['iife'],
        name: 'scene',
        fileName: () => 'scene.js',
        cssFileName: 'style',
      },
    },
  })
  const script = await readFile(join(dir, 'scene.js'), 'utf8')
  const style = await readFile(join(dir, 'style.css'), 'utf8')
  const browser: Browser = await driver.launch({
    executablePath: await chromium.executablePath(),
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  })
  let pages = 0
  return {
    async open(parts, options = {}) {
      const file = join(dir, `scene-${pages++}.html`)
      await writeFile(file, sceneHtml({ script, style, parts }))
      const context = await browser.newContext({ acceptDownloads: true, ...options })
      const page = await context.newPage()
      const problems: string[] = []
      page.on('console', (message) => problems.push(`console: ${message.text()}`))
      page.on('pageerror', (error) => problems.push(`error: ${error.message}`))
      page.on('dialog', (dialog) => {
        problems.push(`dialog: ${dialog.type()}`)
        void dialog.accept()
      })
      page.on('request', (request) => {
        if (request.url().split('#')[0] !== pathToFileURL(file).href && !request.url().startsWith('blob:'))
          problems.push(`request: ${request.url()}`)
      })
      await page.goto(pathToFileURL(file).href)
      return { page, problems }
    },
    async close() {
      await browser.close()
      await rm(dir, { recursive: true })
    },
  }
}

function sceneHtml({ script, style, parts }: { script: string; style: string; parts: FakeParts }): string {
  const digest = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`
  const policy = `default-src 'none'; script-src ${digest(script)}; style-src ${digest(style)}; worker-src blob:; require-trusted-types-for 'script'; trusted-types assay; base-uri 'none'; form-action 'none'`
  const json = JSON.stringify(parts).replaceAll('<', '\\u003c')
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>detail</title><style>${style}</style></head>
<body><main id="scene"></main><p><code id="static" data-copy>assay accept runs/x</code></p>
<script type="application/json" id="parts">${json}</script><script>${script}</script></body></html>`
}
