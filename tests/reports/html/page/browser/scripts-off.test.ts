import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useChromium } from './chromium.ts'
import { marked } from './detail-page.ts'
import { unfold } from './inert.ts'
import { blockedSupport } from './support.ts'

const chromium = useChromium()
let address: string
beforeAll(async () => {
  address = await chromium.write(await blockedSupport())
})

const open = (headers?: Readonly<Record<string, string>>): Promise<Page> =>
  headers === undefined
    ? chromium.open(address, { javaScriptEnabled: false })
    : chromium.open(address, {
        headers,
        getsReady: false,
        mayTell: /Content Security Policy|^policy: (?:script|style)-src|is sandboxed and/,
      })

interface Read {
  readonly verdict: string
  readonly next: string
  readonly gate: string
  readonly flip: { readonly del: string[]; readonly ins: string[]; readonly isVisible: boolean }
  readonly forest: string
}

/** What a reader of a page finds that needs no script. */
async function read(page: Page): Promise<Read> {
  const text = (selector: string) => page.locator(selector).first().innerText()
  const flip = page.locator('details.flip').first()
  await flip.locator('summary').first().click()
  await page.locator('figure#forest summary').click()
  const diff = flip.locator('.word-diff')
  return {
    verdict: await text('#verdict .said'),
    next: await text('#verdict .next'),
    gate: await text('#gates tbody tr'),
    flip: { ...(await marked(diff)), isVisible: await diff.isVisible() },
    forest: await text('figure#forest table tbody tr'),
  }
}

const WHOLE = {
  verdict: expect.stringMatching(/BLOCK\s+few-shot × sonnet got worse: pass fell by 20\.0 points/),
  next: expect.stringContaining('Do not ship this as it is.'),
  gate: expect.stringMatching(
    /broken: regression\s+no worse: pass\s+few-shot × sonnet\s+−20\.0 points\s+−27\.6 to −11\.6/,
  ),
  flip: { del: ['will', 'Monday'], ins: ['may', 'Sunday'], isVisible: true },
  forest: expect.stringContaining('−27.6 to −11.6'),
}

/** Controls that do nothing without a script: a button, a field, a link to a cell. */
const deadControls = (page: Page) =>
  page.locator('button:visible, input:visible, select:visible, textarea:visible, a[href^="#cell="]:visible')

describe('without scripts', () => {
  it('the verdict, the gates, the flips with their word diffs and the charts’ figures are there', async () => {
    expect(await read(await open())).toStrictEqual(WHOLE)
  })

  it('the place of the cells says where they are', async () => {
    const page = await open()
    expect(await page.locator('#cells').innerText()).toBe(
      'All cells\n\n600 cells: every cell is in trials.jsonl; turn scripts on to read them here. The cases that matter most are above.',
    )
  })

  it('nothing is offered that needs one', async () => {
    const page = await open()
    await unfold(page)
    expect(await deadControls(page).allInnerTexts()).toStrictEqual([])
  })

  it('every link of the page leads to a part of it that is there', async () => {
    const page = await open()
    const links = await page.locator('a[href]:visible').all()
    expect(links.length).toBeGreaterThan(4)
    for (const link of links) {
      const target = page.locator((await link.getAttribute('href')) ?? '')
      expect(await target.count()).toBe(1)
    }
  })
})

describe('on a host that forbids scripts by a header of its own', () => {
  const headers = {
    // As Jenkins sends it for what a build has archived.
    'content-security-policy':
      "sandbox allow-same-origin; default-src 'none'; img-src 'self'; style-src 'self' 'unsafe-inline'",
  }

  it('the page reads as without scripts', async () => {
    expect(await read(await open(headers))).toStrictEqual(WHOLE)
  })

  it('the page reads where styles are forbidden too', async () => {
    const page = await open({ 'content-security-policy': "default-src 'none'; script-src 'none'" })
    const { verdict, next, flip, forest } = WHOLE
    expect(await read(page)).toMatchObject({ verdict, next, flip, forest })
    expect(await page.locator('#cells').innerText()).toContain('turn scripts on')
  })

  it('the place of the cells does not stay empty', async () => {
    const page = await open({
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; script-src 'none'",
    })
    expect(await page.locator('#cells').innerText()).toContain('turn scripts on')
    expect(await deadControls(page).allInnerTexts()).toStrictEqual([])
  })
})

describe('on a host with a strict policy that lets the page’s own script run', () => {
  it('the page is whole, and tells nothing', async () => {
    const page = await chromium.open(address, {
      headers: {
        'content-security-policy': "frame-ancestors 'none'; object-src 'none'; base-uri 'none'",
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
      },
    })
    expect(await page.locator('.count').innerText()).toBe('600 cells')
  })

  it('search works where workers are forbidden', async () => {
    const page = await chromium.open(address, {
      headers: { 'content-security-policy': "worker-src 'none'" },
      mayTell: /worker/,
    })
    await page.getByRole('combobox').first().fill('zebra')
    await page.locator('.count', { hasText: '8 of 600 cells' }).waitFor()
    expect(page.workers()).toHaveLength(0)
  })
})
