import { describe, expect, it } from 'vitest'
import Http from '../../../providers/http.ts'
import type { CallContext } from '../../../harness/model/provider.ts'
import type { Asked } from './backend.ts'
import { failureOf, json, startBackend, told } from './backend.ts'

const PROMPT = 'Say "no"\n\\ and {{ 7 * 7 }} — ünï 🦊'

interface Sent {
  readonly config: Record<string, unknown>
  /** After the backend's address: a template. */
  readonly path?: string
  readonly prompt?: string
  readonly context?: Partial<CallContext>
  readonly env?: Record<string, string>
}

/** The one request that a call makes. */
async function sent({ config, path = '', prompt = PROMPT, context, env }: Sent): Promise<Asked> {
  const { url, asked } = await startBackend(json('fine'))
  const provider = new Http({ config: { url: `${url}${path}`, ...config }, env })
  const reply = await provider.callApi(prompt, context)
  expect(reply.output).toBe('fine')
  expect(asked).toHaveLength(1)
  return asked[0] as Asked
}

const vars = (values: Record<string, unknown>): Partial<CallContext> => ({ vars: values })

describe('a body written as a map', () => {
  it('arrives as JSON that holds the prompt as it is, whatever is in it', async () => {
    const { method, headers, body } = await sent({
      config: { body: { messages: [{ role: 'user', content: 'Q: {{prompt}}' }], stream: false, n: 1 } },
    })
    expect(method).toBe('POST')
    expect(headers['content-type']).toBe('application/json')
    expect(JSON.parse(body)).toEqual({
      messages: [{ role: 'user', content: `Q: ${PROMPT}` }],
      stream: false,
      n: 1,
    })
  })

  it('takes a value as it is where a text is one variable and nothing else', async () => {
    const { body } = await sent({
      config: {
        body: {
          k: '{{ k }}',
          tags: '{{tags}}',
          deep: '{{ user.name }}',
          on: '{{on}}',
          text: '{{digits}}',
          nothing: '{{nothing}}',
        },
      },
      context: vars({
        k: 3,
        tags: ['a', 'b'],
        user: { name: { first: 'Ann' } },
        on: false,
        digits: '07',
        nothing: null,
      }),
    })
    expect(JSON.parse(body)).toEqual({
      k: 3,
      tags: ['a', 'b'],
      deep: { first: 'Ann' },
      on: false,
      text: '07',
      nothing: null,
    })
  })

  it('leaves out members whose variable is not there, and says so', async () => {
    const { url, asked } = await startBackend(json('fine'))
    const provider = new Http({
      config: { url, body: { q: '{{prompt}}', user: '{{user}}', list: ['{{user}}', 'x'] } },
    })
    const reply = await provider.callApi('hi', vars({}))
    expect(JSON.parse(asked[0]?.body ?? '')).toEqual({ q: 'hi', list: ['x'] })
    expect(told(reply).warnings).toEqual([
      'the request names `user`, which the case has not: it was sent as nothing',
    ])
  })

  it('never renders a variable as a template, be it in a text or for itself', async () => {
    const evil = '{{ env.SECRET }}{% for i in [1,2] %}{{ range.constructor("return 1")() }}{% endfor %}'
    const { body, url } = await sent({
      config: { query: { v: '{{v}}' }, body: { whole: '{{v}}', part: '> {{v}}', prompt: '{{prompt}}' } },
      prompt: evil,
      context: vars({ v: evil }),
      env: { SECRET: 'hush' },
    })
    expect(JSON.parse(body)).toEqual({ whole: evil, part: `> ${evil}`, prompt: evil })
    expect(new URL(url, 'http://x').searchParams.get('v')).toBe(evil)
  })

  it('offers a prompt that is JSON as what it is', async () => {
    const messages = [{ role: 'user', content: 'a "b"' }]
    const { body } = await sent({
      config: { body: { messages: '{{promptJson}}', text: '{{ promptJson | dump }}' } },
      prompt: JSON.stringify(messages, null, 2),
    })
    expect(JSON.parse(body)).toEqual({ messages, text: JSON.stringify(messages) })
  })

  it('refuses a prompt that is no JSON where it was to be, before any request', async () => {
    const { url, asked } = await startBackend(json('fine'))
    const reply = await new Http({ config: { url, body: { m: '{{promptJson}}' } } }).callApi('plain')
    expect(failureOf(reply)).toMatchObject({ kind: 'invalid' })
    expect(failureOf(reply).message).toContain('the prompt is not JSON')
    expect(asked).toEqual([])
  })

  it('is the same when it is written as a text that is JSON', async () => {
    const { body, headers } = await sent({ config: { body: '{"q": "{{prompt}}", "n": [1]}' } })
    expect(JSON.parse(body)).toEqual({ q: PROMPT, n: [1] })
    expect(headers['content-type']).toBe('application/json')
  })

  it('turns half a surrogate pair into U+FFFD, which every backend can read', async () => {
    const { body } = await sent({
      config: { body: { part: 'a{{prompt}}', whole: '{{prompt}}', list: '{{list}}' } },
      prompt: 'x\uD83Dy',
      context: vars({ list: ['\uDC00'] }),
    })
    expect(JSON.parse(body)).toEqual({ part: 'ax\uFFFDy', whole: 'x\uFFFDy', list: ['\uFFFD'] })
    expect(body).not.toMatch(/\\ud/i)
  })

  it('is sent as a form where the header says so', async () => {
    const { body, headers } = await sent({
      config: {
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: { q: '{{prompt}}', n: 2, tag: ['a', 'b&c'] },
      },
    })
    expect(headers['content-type']).toBe('application/x-www-form-urlencoded')
    expect([...new URLSearchParams(body)]).toEqual([
      ['q', PROMPT],
      ['n', '2'],
      ['tag', 'a'],
      ['tag', 'b&c'],
    ])
  })
})

describe('a body written as a text', () => {
  it('is one template', async () => {
    const { body, headers } = await sent({
      config: { body: 'ask: {{prompt}} / {{ lang | upper }}' },
      context: vars({ lang: 'de' }),
    })
    expect(body).toBe(`ask: ${PROMPT} / DE`)
    expect(headers['content-type']).toBe('text/plain; charset=utf-8')
  })

  it('is no JSON because it begins with a bracket', async () => {
    const { body, headers } = await sent({ config: { body: '[INST] {{prompt}} [/INST]' } })
    expect(body).toBe(`[INST] ${PROMPT} [/INST]`)
    expect(headers['content-type']).toBe('text/plain; charset=utf-8')
  })

  it('may be JSON by the filter dump', async () => {
    const { body, headers } = await sent({
      config: { body: '{"q": {{ prompt | dump }}, {% if k %}"k": {{ k }}{% endif %}}' },
      context: vars({ k: 3 }),
    })
    expect(JSON.parse(body)).toEqual({ q: PROMPT, k: 3 })
    expect(headers['content-type']).toBe('application/json')
  })

  it('that was to be JSON and is none is not sent, with a word on what to do', async () => {
    const { url, asked } = await startBackend(json('fine'))
    const config = { url, body: '{"q": {{prompt}}}' }
    const reply = await new Http({ config }).callApi('a "b"')
    expect(failureOf(reply).kind).toBe('invalid')
    expect(failureOf(reply).message).toMatch(/the body is not JSON once it is rendered .* write it as a map/)
    expect(asked).toEqual([])
  })
})

describe('url, query, method and headers', () => {
  it('are templates too', async () => {
    const { method, url, headers } = await sent({
      path: '/v1/{{ id | urlencode }}/ask?a=1',
      config: {
        method: '{{ verb }}',
        query: { q: '{{prompt}}', k: '{{k}}', tags: '{{tags}}', gone: '{{gone}}' },
        headers: {
          Authorization: 'Bearer {{env.TOKEN}}',
          'X-K': '{{k}}',
          'X-Gone': '{{gone}}',
          accept: 'application/json',
        },
        body: 'x',
      },
      prompt: 'a&b c',
      context: vars({ id: 'x/y', verb: 'put', k: 5, tags: ['p', 'q'] }),
      // As it is when it was read from a file.
      env: { TOKEN: 't0p\n' },
    })
    expect(method).toBe('PUT')
    expect(url).toBe('/v1/x%2Fy/ask?a=1&q=a%26b+c&k=5&tags=p&tags=q')
    expect(headers).toMatchObject({ authorization: 'Bearer t0p', 'x-k': '5', accept: 'application/json' })
    expect(headers).not.toHaveProperty('x-gone')
  })

  it('take promptfoo’s queryParams, and a GET without a body', async () => {
    const { method, url, body } = await sent({
      config: { method: 'get', queryParams: { q: '{{prompt}}' } },
      prompt: 'a',
    })
    expect([method, url, body]).toEqual(['GET', '/?q=a', ''])
  })

  it('use the suite’s own filters, and promptfoo’s `load`', async () => {
    const { headers } = await sent({
      config: { headers: { 'x-a': '{{ prompt | shout }}', 'x-b': '{{ (v | load).b }}' } },
      prompt: 'hey',
      context: { ...vars({ v: '{"b": 2}' }), filters: { shout: (text: string) => `${text}!` } },
    })
    expect(headers).toMatchObject({ 'x-a': 'hey!', 'x-b': '2' })
  })

  it('refuse a header no request can carry without showing it, and an address that is none', async () => {
    const { url, asked } = await startBackend(json('fine'))
    const header = await new Http({ config: { url, headers: { 'X-Key': '{{prompt}}' } } }).callApi(
      's3cret\r\nHost: evil',
    )
    expect(failureOf(header)).toMatchObject({ kind: 'invalid' })
    expect(failureOf(header).message).toContain('the header `x-key`')
    expect(failureOf(header).message).not.toContain('s3cret')
    const address = await new Http({ config: { url: '{{prompt}}' } }).callApi('file:///etc/passwd')
    expect(failureOf(address)).toMatchObject({ kind: 'invalid' })
    expect(asked).toEqual([])
  })

  it('name a filter that is not there when the call is made', async () => {
    const { url } = await startBackend(json('fine'))
    const reply = await new Http({ config: { url, body: { q: '{{ prompt | nope }}' } } }).callApi('a')
    expect(failureOf(reply).kind).toBe('invalid')
    expect(failureOf(reply).message).toMatch(/config\.body\.q.*filter not found: nope/)
  })
})

describe('what the provider looks at', () => {
  it('is the prompt alone where the request names nothing else, so that a reply is known by its prompt', async () => {
    const { url } = await startBackend(json('fine'))
    const looked: string[] = []
    const context = {
      get vars(): Record<string, unknown> {
        looked.push('vars')
        return { k: 1 }
      },
      get test(): unknown {
        looked.push('test')
        return {}
      },
    }
    await new Http({
      config: { url, body: { q: '{{ prompt | trim }}', e: "{{ env.X | default('') }}" } },
    }).callApi('a', context)
    expect(looked).toEqual([])
    await new Http({ config: { url, body: { q: '{{prompt}}', k: '{{k}}' } } }).callApi('a', context)
    expect([...new Set(looked)]).toEqual(['vars'])
  })
})
