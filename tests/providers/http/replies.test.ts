import { gzipSync, brotliCompressSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { ask, body, failureOf, json, startBackend, told } from './backend.ts'
import Http from '../../../providers/http.ts'

const OPENAI = {
  id: 'c-1',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Half past two' }, finish_reason: 'length' }],
  usage: { prompt_tokens: 12, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 8 } },
  cost_usd: 0.0021,
  documents: [{ text: 'one' }, { text: 'two' }],
}

describe('a JSON reply', () => {
  it('is read by paths: text, usage, finish reason, cost, and what else checks need', async () => {
    const reply = await ask(json(OPENAI), {
      output: 'choices[0].message.content',
      finishReason: 'choices[0].finish_reason',
      usage: {
        input: 'usage.prompt_tokens',
        output: 'usage.completion_tokens',
        cacheRead: 'usage.prompt_tokens_details.cached_tokens',
        inputIncludesCached: true,
      },
      costPath: 'cost_usd',
      metadata: { contexts: 'documents[*].text', gone: 'nowhere' },
    })
    expect(reply).toMatchObject({
      output: 'Half past two',
      finishReason: 'length',
      cost: 0.0021,
      tokenUsage: { prompt: 12, completion: 3, total: 15 },
      metadata: {
        contexts: ['one', 'two'],
        stopReason: 'length',
        usage: { input: 4, output: 3, cacheRead: 8 },
        http: { status: 200, headers: { 'content-type': 'application/json' } },
      },
    })
    expect(reply.metadata).not.toHaveProperty('gone')
    expect(reply.error).toBeUndefined()
  })

  it('has a latency to its last byte, and no time to first output, which nobody saw', async () => {
    const { timing } = told(await ask(json(OPENAI)))
    expect(timing?.latencyMs).toBeGreaterThan(0)
    expect(timing).not.toHaveProperty('ttftMs')
  })

  it('is the output as a whole without a path, be it an object or FastAPI’s bare string', async () => {
    expect((await ask(json({ a: [1] }))).output).toEqual({ a: [1] })
    expect((await ask(json('bare'))).output).toBe('bare')
  })

  it('may yield an object where the path leads to one', async () => {
    const call = { name: 'f', arguments: '{}' }
    expect((await ask(json({ calls: [call] }), { output: 'calls[0]' })).output).toEqual(call)
  })

  it('joins the texts that [*] finds, and passes over items without', async () => {
    const content = [{ thinking: 'hm' }, { text: 'a' }, { text: 'b' }]
    expect((await ask(json({ content }), { output: 'content[*].text' })).output).toBe('ab')
    expect((await ask(json({ content: [] }), { output: 'content[*].text' })).output).toBe('')
  })

  it('is looked for whatever its content type where a path is given', async () => {
    expect((await ask(body('{"a": "b"}', 'text/html'), { output: 'a' })).output).toBe('b')
    expect((await ask(body('{"a": "b"}', 'application/problem+json'))).output).toEqual({ a: 'b' })
  })

  it('may be an empty text: an empty completion is a reply', async () => {
    expect((await ask(json({ text: '' }), { output: 'text' })).output).toBe('')
  })

  it('with null where the text was to be has no output', async () => {
    const failure = failureOf(await ask(json({ text: null }), { output: 'text' }))
    expect(failure.kind).toBe('no_output')
    expect(failure.message).toContain('null at `text`')
  })

  it('that has nothing at the path says what it has', async () => {
    const config = { output: 'choices[0].message.content' }
    const one = failureOf(await ask(json({ choices: [{ index: 0, text: 'x' }] }), config))
    expect(one.kind).toBe('invalid')
    expect(one.message).toContain(
      'nothing at `choices[0].message.content`: `choices[0]` has the keys "index", "text"',
    )
    const other = failureOf(await ask(json({ detail: 'x' }), config))
    expect(other.message).toContain('the reply has the keys "detail"')
  })

  it('that is none shows how it begins', async () => {
    const page = `<html><body>Sign in</body></html>${'.'.repeat(500)}`
    const failure = failureOf(await ask(body(page, 'text/html'), { output: 'text' }))
    expect(failure.kind).toBe('invalid')
    expect(failure.message).toContain('the reply is not JSON: <html><body>Sign in</body></html>')
    expect(failure.message?.length).toBeLessThan(300)
    const empty = failureOf(await ask(body('', 'application/json')))
    expect(empty).toMatchObject({ kind: 'invalid' })
    expect(empty.message).toContain('the reply is empty')
  })

  it('without the usage it was to tell has none, and says so', async () => {
    const usage = { input: 'usage.in', output: 'usage.out' }
    const none = await ask(json({ text: 'a' }), { output: 'text', usage })
    expect(none.output).toBe('a')
    expect(told(none).usage).toBeUndefined()
    expect(none.tokenUsage).toBeUndefined()
    expect(told(none).warnings).toContain(
      'the reply has nothing at `usage.in`: the reply has the keys "text"',
    )
    const odd = await ask(json({ text: 'a', usage: { in: '12', out: 3 } }), { output: 'text', usage })
    expect(told(odd).usage).toBeUndefined()
    expect(told(odd).warnings).toEqual(['the reply has no number at `usage.in`'])
  })
})

describe('an error that came with a status of success', () => {
  it.each([
    ['a type', { error: { type: 'rate_limit_error', message: 'slow down' } }, 'throttled', 'slow down'],
    ['a code', { error: { code: 503, message: 'warming up' } }, 'unavailable', 'warming up'],
    ['words', { error: 'model overloaded' }, 'unavailable', 'model overloaded'],
    ['words that tell no kind', { error: 'it broke' }, 'unknown', 'it broke'],
  ])('is a failure by %s', async (_what, value, kind, words) => {
    const failure = failureOf(await ask(json(value), { output: 'text', error: 'error' }))
    expect(failure.kind).toBe(kind)
    expect(failure.message).toContain(`the backend reports an error: ${words}`)
  })

  it.each([[null], [''], [false], [[]], [{}]])(
    'is none where the member is there and holds %j',
    async (error) => {
      expect((await ask(json({ text: 'a', error }), { output: 'text', error: 'error' })).output).toBe('a')
    },
  )
})

describe('a text reply', () => {
  it('is the output as it is', async () => {
    expect((await ask(body('{"a": 1} and so on', 'text/plain'))).output).toBe('{"a": 1} and so on')
  })

  it('is decoded by the charset it declares', async () => {
    const latin = Buffer.from('Grüße, José', 'latin1')
    expect((await ask(body(latin, 'text/plain; charset=ISO-8859-1'))).output).toBe('Grüße, José')
    expect((await ask(body(latin, 'text/plain; charset="latin1"'))).output).toBe('Grüße, José')
    const wide = Buffer.from('\uFEFFGrüße', 'utf16le')
    expect((await ask(body(wide, 'text/plain; charset=utf-16'))).output).toBe('Grüße')
    const packed = Buffer.from('{"text": "Grüße"}', 'latin1')
    expect((await ask(body(packed, 'application/json; charset=latin1'), { output: 'text' })).output).toBe(
      'Grüße',
    )
  })

  it('is UTF-8 without one, with or without a byte order mark; bytes that are not become U+FFFD, with a warning', async () => {
    expect((await ask(body('\uFEFFGrüße', 'text/plain'))).output).toBe('Grüße')
    expect((await ask(body('\uFEFF{"text": "ü"}', 'application/json'), { output: 'text' })).output).toBe('ü')
    const broken = await ask(body(Buffer.from('Grüße', 'latin1'), 'text/plain'))
    expect(broken.output).toBe('Gr\uFFFD\uFFFDe')
    expect(told(broken).warnings?.[0]).toContain('U+FFFD')
  })

  it('in a charset nobody knows is invalid', async () => {
    const failure = failureOf(await ask(body('a', 'text/plain; charset=klingon')))
    expect(failure.kind).toBe('invalid')
    expect(failure.message).toContain('`klingon`')
  })
})

describe('a packed reply', () => {
  const packed = JSON.stringify({ text: 'Grüße '.repeat(100) })

  it.each([
    ['gzip', gzipSync(packed)],
    ['br', brotliCompressSync(packed)],
  ])('is unpacked: %s, which was asked for', async (encoding, bytes) => {
    const { url, asked } = await startBackend(
      body(bytes, 'application/json', { 'content-encoding': encoding }),
    )
    const provider = new Http({ config: { url, body: '{{prompt}}', output: 'text' } })
    expect((await provider.callApi('a')).output).toBe('Grüße '.repeat(100))
    expect(asked[0]?.headers['accept-encoding']).toContain(encoding)
  })

  it('whose end is missing is unavailable, and one that was never packed so is invalid', async () => {
    const headers = { 'content-encoding': 'gzip' }
    const cut = gzipSync(packed).subarray(0, -12)
    expect(failureOf(await ask(body(cut, 'application/json', headers))).kind).toBe('unavailable')
    expect(failureOf(await ask(body(packed, 'application/json', headers))).kind).toBe('invalid')
    const odd = failureOf(await ask(body(packed, 'application/json', { 'content-encoding': 'x-odd' })))
    expect(odd.kind).toBe('invalid')
    expect(odd.message).toContain('`x-odd`')
  })
})

describe('a reply that is too long', () => {
  it('is invalid, and read no further', async () => {
    const backend = await startBackend((_asked, response) => {
      response.writeHead(200, { 'content-type': 'text/plain' })
      const more = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
        if (!response.destroyed) response.once('drain', more)
      }
      more()
    })
    const provider = new Http({ config: { url: backend.url, body: '{{prompt}}', maxBytes: 1_000_000 } })
    const failure = failureOf(await provider.callApi('a'))
    expect(failure.kind).toBe('invalid')
    expect(failure.message).toContain('more than 1000000 bytes')
    await backend.cut
  })

  it('is measured as it is unpacked, so that a bomb does not go off', async () => {
    const bomb = gzipSync(Buffer.alloc(20_000_000, 'a'))
    const reply = await ask(body(bomb, 'text/plain', { 'content-encoding': 'gzip' }))
    expect(failureOf(reply).message).toContain('more than 16777216 bytes')
  })
})

describe('billing', () => {
  const billing = 'openai/gpt-4o-mini'

  it('is told with the usage, for whoever knows the price, and by the provider before a call', async () => {
    const config = { output: 'text', billing, usage: { input: 'i', output: 'o' } }
    const reply = await ask(json({ text: 'a', i: 1, o: 2 }), config)
    expect(told(reply)).toMatchObject({
      billing: { vendor: 'openai', model: 'gpt-4o-mini' },
      usage: { input: 1, output: 2 },
    })
    const provider = new Http({ config: { url: 'http://localhost:1/', body: '{{prompt}}', billing } })
    expect(provider.billing).toEqual({ vendor: 'openai', model: 'gpt-4o-mini' })
  })

  it('gives way to what the backend itself says it cost', async () => {
    const reply = await ask(json({ text: 'a', usd: 0.5 }), { output: 'text', billing, costPath: 'usd' })
    expect(reply.cost).toBe(0.5)
    expect(told(reply).billing).toBeUndefined()
    const silent = await ask(json({ text: 'a' }), { output: 'text', billing, costPath: 'usd' })
    expect(silent.cost).toBeUndefined()
    expect(told(silent).billing).toEqual({ vendor: 'openai', model: 'gpt-4o-mini' })
  })
})
