import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { Summary } from '../../../reports/summary.ts'
import { runPromptfoo } from '../../promptfoo/run-promptfoo.ts'
import type { Asked, Backend } from './backend.ts'
import { json, pieces, startBackend } from './backend.ts'
import Http from '../../../providers/http.ts'

const ROOT = resolve(import.meta.dirname, '../../..')
const PAGE = readFileSync(join(ROOT, 'docs/http-provider.md'), 'utf8')
const [suite = '', stream = '', session = ''] = [...PAGE.matchAll(/```yaml\n(.*?)```/gs)].map(
  ([, block]) => block,
)
const QUESTION = 'May I send it back after "three" weeks?'

describe('the page on the http provider', () => {
  let dir: string
  let backend: Backend

  /** As the page's FastAPI backend answers. */
  const answer = (asked: Asked): unknown => ({
    answer: 'Yes, within 30 days.',
    documents: [{ text: 'a' }, { text: 'b' }],
    usage: { in: asked.body.length, out: 6 },
    session_id: 's-1',
  })

  beforeAll(async () => {
    backend = await startBackend((asked, response) =>
      asked.headers.authorization === 'Bearer secret'
        ? json(answer(asked))(asked, response)
        : json({ detail: 'no such key' }, 401)(asked, response),
    )
    // Two folders deep in the repository, as the suite it shows.
    mkdirSync(join(ROOT, '.cache'), { recursive: true })
    dir = mkdtempSync(join(ROOT, '.cache/http-docs-'))
    writeFileSync(join(dir, 'suite.yaml'), suite.replace('http://localhost:8000', backend.url))
  })
  afterAll(() => rmSync(dir, { recursive: true }))

  const assay = (
    args: readonly string[],
    env: Record<string, string>,
  ): Promise<{ stdout: string; stderr: string; code?: number }> =>
    promisify(execFile)(process.execPath, [join(ROOT, 'bin/assay.mjs'), ...args], {
      cwd: dir,
      env: { PATH: process.env['PATH'], ...env },
    }).catch((error: { code: number; stdout: string; stderr: string }) => error)

  it('shows a suite that is valid, and runs', async () => {
    expect((await assay(['validate', 'suite.yaml'], {})).stdout).toContain('ok suite.yaml')
    const { stdout } = await assay(['run', 'suite.yaml', '--json'], { SUPPORT_BOT_KEY: 'secret' })
    expect((JSON.parse(stdout) as Summary).cells).toMatchObject({ planned: 1, passed: 1 })
    expect(JSON.parse(backend.asked.at(-1)?.body ?? '')).toEqual({ question: QUESTION, top_k: 3 })
  })

  it('shows a suite that promptfoo’s own CLI runs with the same verdict', async () => {
    const { rows } = await runPromptfoo(dir, { env: { SUPPORT_BOT_KEY: 'secret' } })
    expect(rows).toMatchObject([
      { success: true, provider: { label: 'support-bot' }, response: { output: 'Yes, within 30 days.' } },
    ])
    expect(JSON.parse(backend.asked.at(-1)?.body ?? '')).toEqual({ question: QUESTION, top_k: 3 })
  })

  it('shows how a stream and a session are read', async () => {
    const { config } = parse(stream) as { config: Record<string, unknown> }
    const { url } = await startBackend(
      pieces('text/event-stream', [
        'data: {"choices": [{"delta": {"content": "Half past two"}}]}\n\n',
        'data: {"choices": [], "usage": {"prompt_tokens": 1, "completion_tokens": 2}}\n\ndata: [DONE]\n\n',
      ]),
    )
    expect(await new Http({ config: { ...config, url } }).callApi('a')).toMatchObject({
      output: 'Half past two',
      tokenUsage: { prompt: 1, completion: 2 },
    })
    const { url: told, asked } = await startBackend(json({ session_id: 's-1' }))
    const provider = new Http({
      config: { url: told, body: { q: '{{prompt}}' }, ...(parse(session) as object) },
    })
    const context = { test: { metadata: { conversationId: 'c' } } }
    for (const prompt of ['a', 'b']) await provider.callApi(prompt, context)
    expect(asked.map(({ body }) => JSON.parse(body) as unknown)).toEqual([
      { q: 'a' },
      { q: 'b', session_id: 's-1' },
    ])
  })

  it('has a row for every key there is', () => {
    const hint = ((): string => {
      try {
        void new Http({ config: { url: 'http://x/', nothingLikeIt1234567890: 1 } })
        return ''
      } catch (error) {
        return String((error as { hint?: string }).hint)
      }
    })()
    const keys = hint.replace('keys: ', '').split(', ')
    expect(keys.length).toBeGreaterThan(15)
    for (const key of keys) expect(PAGE).toMatch(new RegExp(`\`${key}\``))
  })
})
