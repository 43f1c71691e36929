import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { chromium as playwright } from 'playwright-core'
import { CHROMIUM_ARGS, chromiumPath } from '../../chromium-path.ts'

/** promptfoo's page of 10,000 cells takes its time. */
const PATIENCE_MS = 300_000

/** How a page came up in a browser of its own. */
export interface Opened {
  readonly domContentLoadedMs: number
  /** The page's own mark; of one without it, its `load` event. */
  readonly readyMs: number
  /** Resident memory of the page's renderer, once ready. */
  readonly rendererMiB: number
}

/** Opens a file in a fresh Chromium and measures it; `then` may go on with it. */
export async function openInBrowser<T = void>(
  file: string,
  then?: (page: Page) => Promise<T>,
): Promise<Opened & { readonly more: T | undefined }> {
  const browser = await playwright.launch({ executablePath: await chromiumPath(), args: CHROMIUM_ARGS })
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    page.setDefaultTimeout(PATIENCE_MS)
    await page.goto(`file://${file}`, { timeout: PATIENCE_MS })
    const times = await page.evaluate(readTimes)
    const rendererMiB = await rendererMemory(browser)
    return { ...times, rendererMiB, more: await then?.(page) }
  } finally {
    await browser.close()
  }
}

/** Runs in the page. */
async function readTimes(): Promise<{ domContentLoadedMs: number; readyMs: number }> {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  const isOurs = document.querySelector('#about') !== null
  const mark = () => performance.getEntriesByName('assay:ready')[0]
  if (isOurs) while (mark() === undefined) await new Promise((resolve) => setTimeout(resolve, 5))
  return {
    domContentLoadedMs: navigation?.domContentLoadedEventEnd ?? Number.NaN,
    readyMs: mark()?.startTime ?? navigation?.loadEventEnd ?? Number.NaN,
  }
}

/** The largest: Chromium keeps a spare one. */
async function rendererMemory(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const sizes = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => residentMiB(id))
  return Math.max(...sizes)
}

function residentMiB(pid: number): number {
  const [, kib = 'NaN'] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Number(kib) / 1024
}
