import { describe, expect, it } from 'vitest'
import { ConfigError, HarnessError } from '../../../harness/model/errors.ts'
import Http from '../../../providers/http.ts'
import { failureOf, json, startBackend } from './backend.ts'

const GOOD = { url: 'http://localhost:8000/ask', body: { question: '{{prompt}}' } }

function mistakeIn(config: unknown): ConfigError {
  try {
    void new Http({ config })
  } catch (error) {
    if (error instanceof ConfigError) return error
    throw error
  }
  throw new Error('the config was taken')
}

describe('a mistake in the config', () => {
  it.each<[string, unknown, (string | number)[], boolean, RegExp]>([
    ['no url', { body: 'x' }, ['url'], false, /config\.url/],
    ['no config', undefined, ['url'], false, /config\.url/],
    [
      'an address without a scheme',
      { ...GOOD, url: 'localhost:8000/ask' },
      ['url'],
      false,
      /expected an address like http:/,
    ],
    ['an address that is none', { ...GOOD, url: '/ask' }, ['url'], false, /`\/ask`/],
    ['a method that is none', { ...GOOD, method: 'PO ST' }, ['method'], false, /no method is called `PO ST`/],
    ['a body of a GET', { ...GOOD, method: 'get' }, ['body'], true, /a GET request has no body/],
    ['a header name that is none', { ...GOOD, headers: { 'x y': 'a' } }, ['headers', 'x y'], true, /x y/],
    [
      'a header value that is none',
      { ...GOOD, headers: { x: null } },
      ['headers', 'x'],
      false,
      /expected a text, a number/,
    ],
    [
      'a length',
      { ...GOOD, headers: { 'Content-Length': '3' } },
      ['headers', 'Content-Length'],
      true,
      /counted, not set/,
    ],
    [
      'multipart',
      { ...GOOD, headers: { 'content-type': 'multipart/form-data' } },
      ['headers', 'content-type'],
      false,
      /multipart/,
    ],
    [
      'a path',
      { ...GOOD, output: 'choices[0.text' },
      ['output'],
      false,
      /config\.output: the path `choices\[0\.text`: expected .* character 8/,
    ],
    [
      'a path within',
      { ...GOOD, usage: { input: 'a', output: 'b..c' } },
      ['usage', 'output'],
      false,
      /config\.usage\.output: the path/,
    ],
    [
      'usage by halves',
      { ...GOOD, usage: { input: 'a' } },
      ['usage', 'output'],
      false,
      /config\.usage\.output/,
    ],
    [
      'a template',
      { ...GOOD, body: { a: ['x', '{{ prompt'] } },
      ['body', 'a', 1],
      false,
      /template in config\.body\.a\.1: .*expected variable end/,
    ],
    ['a template of the url', { ...GOOD, url: 'http://x/{% if %}' }, ['url'], false, /config\.url/],
    [
      'a way of streaming',
      { ...GOOD, streaming: 'SSE' },
      ['streaming'],
      false,
      /expected auto, sse, ndjson, text or false/,
    ],
    ['a status', { ...GOOD, status: ['2x'] }, ['status', 0], false, /expected statuses: 2xx, 201/],
    ['a time limit', { ...GOOD, timeoutMs: 0 }, ['timeoutMs'], false, /config\.timeoutMs/],
    ['billing', { ...GOOD, billing: 'gpt-4o' }, ['billing'], false, /expected vendor\/model/],
    [
      'two places of a session',
      { ...GOOD, session: { from: { header: 'a', path: 'b' } } },
      ['session', 'from'],
      false,
      /expected one of header, path, cookie/,
    ],
    [
      'a body no session fits in',
      { ...GOOD, body: 'x', session: { from: { path: 'a' }, send: { body: 'a' } } },
      ['session', 'send', 'body'],
      false,
      /no map/,
    ],
    ['a body in a file', { ...GOOD, body: 'file://body.json' }, ['body'], false, /no file is read/],
    [
      'promptfoo’s session',
      { ...GOOD, session: { url: 'http://x' } },
      ['session', 'url'],
      true,
      /not offered/,
    ],
    [
      'both words for one thing',
      { ...GOOD, query: {}, queryParams: {} },
      ['queryParams'],
      true,
      /are the same/,
    ],
  ])('is found where it stands: %s', (_what, config, path, isKey, words) => {
    const mistake = mistakeIn(config)
    expect(mistake.message).toMatch(words)
    expect({ path: mistake.path, isKey: mistake.isKey }).toEqual({ path, isKey })
    expect(mistake.message).toMatch(/^http/)
  })

  it('is an unknown key, with the one that was meant', () => {
    const mistake = mistakeIn({ ...GOOD, ouput: 'text' })
    expect(mistake).toMatchObject({ path: ['ouput'], isKey: true, hint: 'did you mean `output`?' })
    expect(mistakeIn({ ...GOOD, timeout_ms: 3 }).hint).toBe('did you mean `timeoutMs`?')
  })

  it.each([
    ['transformResponse', 'json.text', /`output: /],
    ['responseParser', 'json.text', /`output: /],
    ['transformRequest', '{}', /`body`/],
    ['request', 'POST / HTTP/1.1', /`url`, `method`, `headers` and `body`/],
    ['sessionParser', 'data.body.id', /`session: /],
    ['validateStatus', 'status < 500', /`status: /],
    ['auth', { type: 'bearer', token: 'x' }, /\{\{env\.API_KEY\}\}/],
    ['tokenEstimation', { enabled: true }, /`usage: /],
    ['maxRetries', 3, /leave it out/],
    ['multipart', {}, /use its id `http`/],
    ['signatureAuth', {}, /use its id `http`/],
  ])(
    'is a word of promptfoo’s http provider that means code or is not offered: %s, with what does it here',
    (key, value, hint) => {
      const mistake = mistakeIn({ ...GOOD, [key]: value })
      expect(mistake).toMatchObject({ path: [key], isKey: true })
      expect(mistake.hint).toMatch(hint)
    },
  )
})

describe('a config', () => {
  it('may hold what the loader and the harness put there', () => {
    expect(() => new Http({ config: { ...GOOD, basePath: '/x', account: 'mine' } })).not.toThrow()
  })

  it('that never names the prompt or a variable is warned of', () => {
    expect(new Http({ config: { ...GOOD, body: { q: 'fixed', key: '{{env.KEY}}' } } }).warnings[0]).toContain(
      'every call is the same',
    )
    expect(new Http({ config: GOOD }).warnings).toEqual([])
  })
})

describe('an environment variable that is not set', () => {
  const config = { ...GOOD, headers: { Authorization: 'Bearer {{ env.HTTP_TEST_KEY }}' } }

  it('is named before any call', async () => {
    const ready = new Http({ config }).ready()
    await expect(ready).rejects.toBeInstanceOf(HarnessError)
    await expect(ready).rejects.toMatchObject({
      code: 'suite',
      message: 'http: the environment variable HTTP_TEST_KEY is not set',
      hint: expect.stringContaining('config.headers.Authorization') as unknown,
    })
  })

  it('is named by a call, where nobody asked whether the provider is ready', async () => {
    const { url, asked } = await startBackend(json('a'))
    const failure = failureOf(await new Http({ config: { ...config, url } }).callApi('a'))
    expect(failure).toMatchObject({
      kind: 'invalid',
      message: 'http: the environment variable HTTP_TEST_KEY is not set',
    })
    expect(asked).toEqual([])
  })

  it('is none where the suite sets it, or the template does without', async () => {
    await expect(new Http({ config, env: { HTTP_TEST_KEY: 'k' } }).ready()).resolves.toBeUndefined()
    const optional = {
      ...GOOD,
      headers: {
        a: "{{ env.HTTP_TEST_KEY | default('none') }}",
        b: '{{ env.HTTP_TEST_KEY if env.HTTP_TEST_KEY else 1 }}',
      },
    }
    await expect(new Http({ config: optional }).ready()).resolves.toBeUndefined()
  })
})

describe('the config of a prompt', () => {
  const context = (config: unknown) => ({ prompt: { raw: 'a', label: 'a', config } })

  it('says how the reply to it is read, and only that', async () => {
    const { url } = await startBackend(json({ text: 'a', other: 'b' }))
    const provider = new Http({ config: { ...GOOD, url, output: 'text' } })
    expect((await provider.callApi('a', context({ output: 'other' }))).output).toBe('b')
    expect((await provider.callApi('a')).output).toBe('a')
    // Options of the test come the same way, and settings of other providers.
    expect((await provider.callApi('a', context({ transform: 'x', temperature: 0 }))).output).toBe('a')
  })

  it('cannot change where the request goes or what it holds: a dataset may have written it', async () => {
    const { url, asked } = await startBackend(json({ text: 'a' }))
    const provider = new Http({ config: { ...GOOD, url, output: 'text' } })
    for (const own of [
      { url: 'http://localhost:1/' },
      { body: '{{ range.constructor("return process")() }}' },
      { headers: {} },
    ]) {
      const failure = failureOf(await provider.callApi('a', context(own)))
      expect(failure.kind).toBe('invalid')
      expect(failure.message).toContain(`a prompt cannot set \`${Object.keys(own)[0]}\``)
    }
    expect(failureOf(await provider.callApi('a', context({ output: 'a[' }))).message).toContain(
      'the path `a[`',
    )
    expect(asked).toEqual([])
  })
})
