import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium as playwright } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ReportServer } from '../../../scripts/watch/serve.ts'
import { chromiumPath } from '../../../scripts/chromium-path.ts'

const dir = mkdtempSync(join(tmpdir(), 'assay-serve-'))
const REPORT = join(dir, 'report.html')
afterAll(() => rmSync(dir, { recursive: true }))

const page = (text: string): string =>
  `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'"><title>r</title><p>${text}</p>`

let server: ReportServer
beforeEach(async () => {
  server = await ReportServer.start(0, 'suite.yaml')
})
afterEach(() => server.close())

interface Answer {
  readonly status: number | undefined
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: string
}

/** A request as it is written: `fetch` would put the path and the host right. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const { port, host } = new URL(server.url)
  return new Promise((done, failed) => {
    const asked = request(
      { host: '127.0.0.1', port, path, method, headers: { host, ...headers } },
      (response) => {
        let body = ''
        response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
        response.on('end', () => done({ status: response.statusCode, headers: response.headers, body }))
      },
    )
    asked.on('error', failed)
    asked.end()
  })
}

describe('the server of a report', () => {
  it('serves a page that has its own script alone, and the report beside it', async () => {
    const { status, headers } = await ask('/')
    expect(status).toBe(200)
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'sha256-[^']+'; .*frame-ancestors 'none'/,
    )
    writeFileSync(REPORT, page('größer'))
    server.update({ version: 1 }, REPORT)
    const report = await ask('/report')
    expect(report.body).toContain('größer')
    expect(report.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': "frame-ancestors 'self'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    })
  })

  it('has a page in place of a report that is not there yet, or any more', async () => {
    expect((await ask('/report')).body).toContain('no report yet')
    server.update({}, join(dir, 'gone.html'))
    const { status, body } = await ask('/report')
    expect([status, body.includes('no report yet')]).toStrictEqual([200, true])
  })

  it('serves what a large report has put beside it, and nothing else from there', async () => {
    mkdirSync(join(dir, 'report.data'), { recursive: true })
    writeFileSync(join(dir, 'report.data', 'text-main-0.js'), 'its texts')
    writeFileSync(join(dir, 'report.data', '.hidden.js'), 'no')
    server.update({}, REPORT)
    expect(await ask('/report.data/text-main-0.js')).toMatchObject({
      status: 200,
      body: 'its texts',
      headers: { 'content-type': 'text/javascript; charset=utf-8' },
    })
    for (const path of [
      '.hidden.js',
      '',
      'text-main-1.js',
      '../report.html',
      'text-main-0.js?x',
      '%2e%2e/report.html',
    ])
      expect((await ask(`/report.data/${path}`)).status).toBe(404)
  })

  it.each([
    '/report.html',
    '/../trials.jsonl',
    '/report/../trials.jsonl',
    '/%2e%2e/trials.jsonl',
    '//etc/passwd',
    '/trials.jsonl',
    '/report?x=1',
    '/favicon.ico',
    'http://127.0.0.1/report',
  ])('has nothing at %s', async (path) => {
    writeFileSync(join(dir, 'trials.jsonl'), 'secret')
    server.update({}, REPORT)
    expect(await ask(path)).toMatchObject({ status: 404, body: 'There is nothing here.\n' })
  })

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('answers no %s', async (method) => {
    expect(await ask('/report', {}, method)).toMatchObject({ status: 405, headers: { allow: 'GET' } })
  })

  it.each(['evil.test', 'evil.test:PORT', '127.0.0.1', '127.0.0.1:1', 'localhost.evil.test:PORT'])(
    'answers to its own name only, so that no page elsewhere can be led here: %s',
    async (name) => {
      const { port } = new URL(server.url)
      expect((await ask('/report', { host: name.replace('PORT', port) })).status).toBe(403)
      expect((await ask('/', { host: `localhost:${port}` })).status).toBe(200)
    },
  )

  it('tells its news to no page from elsewhere', async () => {
    expect((await ask('/events', { origin: 'http://evil.test' })).status).toBe(403)
  })

  it('listens on this machine alone', () => {
    expect(new URL(server.url).hostname).toBe('127.0.0.1')
  })

  it('refuses a port that is taken', async () => {
    const port = Number(new URL(server.url).port)
    await expect(ReportServer.start(port, 'suite.yaml')).rejects.toMatchObject({ exitCode: 2 })
  })
})

describe('in a browser', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await playwright.launch({
      executablePath: await chromiumPath(),
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    })
  }, 120_000)
  afterAll(() => browser.close())

  it('shows how a round goes, and loads the report again where it was, with its hash', async () => {
    writeFileSync(REPORT, page('first'))
    server.update({ state: 'PASS', version: 1 }, REPORT)
    const tab = await browser.newPage()
    const complaints: string[] = []
    tab.on('console', (message) => complaints.push(message.text()))
    await tab.goto(`${server.url}#status:failed`)
    const report = tab.frameLocator('#report')
    await report.getByText('first').waitFor()
    await tab.getByRole('status').getByText('PASS').waitFor()
    const frame = () => tab.frame({ url: /\/report/ })
    expect(new URL(frame()?.url() ?? '').hash).toBe('#status:failed')

    await frame()?.evaluate('history.replaceState(null, "", "#case=7")')
    server.update({ state: 'running 12/30', progress: { finished: 12, planned: 30 } })
    await tab.getByRole('status').getByText('running 12/30').waitFor()
    expect(await tab.getByRole('progressbar').getAttribute('value')).toBe('12')

    writeFileSync(REPORT, page('second'))
    server.update({ state: 'BLOCK', progress: null, version: 2 })
    await report.getByText('second').waitFor()
    expect(new URL(frame()?.url() ?? '').hash).toBe('#case=7')
    expect(complaints).toStrictEqual([])
    await tab.close()
  })

  it('shows an error as the text it is, until the suite is mended', async () => {
    server.update({ error: 'error: suite.yaml:3:1: <img src=x onerror=alert(1)>' })
    const tab = await browser.newPage()
    await tab.goto(server.url)
    const alert = tab.getByRole('alert')
    await alert.waitFor()
    expect(await alert.textContent()).toBe('error: suite.yaml:3:1: <img src=x onerror=alert(1)>')
    server.update({ error: null, state: 'PASS' })
    await alert.waitFor({ state: 'hidden' })
    await server.close()
    await tab.getByText('the watch has ended').waitFor()
    await tab.close()
    server = await ReportServer.start(0, 'suite.yaml')
  })
})
