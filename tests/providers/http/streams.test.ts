import { describe, expect, it } from 'vitest'
import Http from '../../../providers/http.ts'
import { ask, body, failureOf, json, pieces, startBackend, told } from './backend.ts'

const SSE = 'text/event-stream; charset=utf-8'
const CONFIG = {
  delta: 'choices[0].delta.content',
  done: '[DONE]',
  finishReason: 'choices[0].finish_reason',
  usage: { input: 'usage.prompt_tokens', output: 'usage.completion_tokens' },
}

function event(value: unknown): string {
  return `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`
}

function delta(content: string | null): unknown {
  return { choices: [{ index: 0, delta: { content }, finish_reason: null }] }
}

/** As OpenAI's chat completions are streamed. */
const OPENAI = [
  ': keep-alive\n\n',
  event({ choices: [{ index: 0, delta: { role: 'assistant', content: '' } }] }),
  event(delta('Gr')),
  event(delta('üße')),
  event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }),
  event({ choices: [], usage: { prompt_tokens: 9, completion_tokens: 2 } }),
  event('[DONE]'),
]

describe('server-sent events', () => {
  it('are put together: text, finish reason, usage, and the time of the first text', async () => {
    const reply = await ask(pieces(SSE, OPENAI), CONFIG)
    expect(reply).toMatchObject({
      output: 'Grüße',
      finishReason: 'stop',
      tokenUsage: { prompt: 9, completion: 2 },
    })
    const { ttftMs = NaN, latencyMs = NaN } = told(reply).timing ?? {}
    // The pieces left one after the other: the first text came neither with the head nor with the end.
    expect(ttftMs).toBeGreaterThan(0)
    expect(ttftMs).toBeLessThan(latencyMs)
  })

  it('are the same however the bytes are cut, and whatever ends their lines', async () => {
    const whole = OPENAI.join('')
    for (const text of [whole, whole.replaceAll('\n', '\r\n'), whole.replaceAll('\n', '\r')]) {
      const bytes = Buffer.from(text)
      const reply = await ask((_asked, response) => {
        response.writeHead(200, { 'content-type': SSE })
        for (let at = 0; at < bytes.length; at += 7) response.write(bytes.subarray(at, at + 7))
        response.end()
      }, CONFIG)
      expect(reply.output).toBe('Grüße')
      expect(told(reply).warnings).toBeUndefined()
    }
  })

  it('are read without a path as text, by FastAPI’s simplest stream', async () => {
    const reply = await ask(pieces(SSE, [event('Hello'), event(' you'), event('[DONE]')]))
    expect(reply.output).toBe('Hello you')
    expect(told(reply).timing?.ttftMs).toBeGreaterThan(0)
  })

  it('may have the whole reply in one of them', async () => {
    const events = [event({ step: 'retrieving' }), event({ answer: 'draft' }), event({ answer: 'final' })]
    expect((await ask(pieces(SSE, events), { output: 'answer' })).output).toBe('final')
  })

  it('end with `done`, even if the server never closes the stream', async () => {
    const reply = await ask(pieces(SSE, OPENAI, 'hang'), CONFIG)
    expect(reply.output).toBe('Grüße')
  })

  it('may lack the blank line after the last', async () => {
    const reply = await ask(pieces(SSE, [event({ t: 'a' }), 'data: {"t": "b"}']), { delta: 't' })
    expect(reply.output).toBe('ab')
  })

  it('with nothing but empty text are an empty reply, with no time to a first output', async () => {
    const reply = await ask(pieces(SSE, [event(delta('')), event(delta(null)), event('[DONE]')]), CONFIG)
    expect(reply.output).toBe('')
    expect(told(reply).timing).not.toHaveProperty('ttftMs')
  })

  it('yield the list of what is no text, as deltas of tool calls are', async () => {
    const calls = [
      { index: 0, name: 'f' },
      { index: 0, arguments: '{}' },
    ]
    const reply = await ask(
      pieces(
        SSE,
        calls.map((call) => event({ call })),
      ),
      { delta: 'call' },
    )
    expect(reply.output).toEqual(calls)
  })

  it.each([
    [
      'event: error',
      'event: error\ndata: {"error": {"type": "overloaded_error", "message": "busy"}}\n\n',
      'unavailable',
      'busy',
    ],
    [
      'event: error in words',
      'event: error\ndata: rate limit reached\n\n',
      'throttled',
      'rate limit reached',
    ],
    ['a member that `error` names', event({ error: { code: 429, message: 'later' } }), 'throttled', 'later'],
  ])('fail on %s, with what was known till then', async (_what, bad, kind, words) => {
    const events = [
      event({ ...(delta('Gr') as object), usage: { prompt_tokens: 9, completion_tokens: 1 } }),
      bad,
    ]
    const reply = await ask(pieces(SSE, events), { ...CONFIG, error: 'error' })
    expect(failureOf(reply).kind).toBe(kind)
    expect(failureOf(reply).message).toContain(words)
    expect(told(reply).usage).toEqual({ input: 9, output: 1 })
    expect(told(reply).timing?.ttftMs).toBeGreaterThan(0)
  })

  it('that never hold the text say what they hold', async () => {
    const failure = failureOf(await ask(pieces(SSE, [event({ text: 'a' })]), { delta: 'choices[0].delta' }))
    expect(failure.kind).toBe('invalid')
    expect(failure.message).toContain('nothing at `choices[0].delta`: the reply has the keys "text"')
  })

  it('that are no events show how the reply begins', async () => {
    const failure = failureOf(await ask(body('<p>Sign in</p>', SSE), { delta: 't' }))
    expect(failure.kind).toBe('invalid')
    expect(failure.message).toContain('<p>Sign in</p>')
  })

  it('that are not JSON are invalid, but unavailable where the last of them was cut', async () => {
    const odd = failureOf(await ask(pieces(SSE, [event('not json'), event('[DONE]')]), { delta: 't' }))
    expect(odd.kind).toBe('invalid')
    expect(odd.message).toContain('is not JSON: not json')
    const cut = failureOf(await ask(pieces(SSE, [event({ t: 'a' }), 'data: {"t": "b']), { delta: 't' }))
    expect(cut.kind).toBe('unavailable')
  })

  it('that end without the `done` the suite asks for were cut', async () => {
    const failure = failureOf(await ask(pieces(SSE, OPENAI.slice(0, -1)), CONFIG))
    expect(failure.kind).toBe('unavailable')
    expect(failure.message).toContain('ended without `[DONE]`')
  })

  it('are not expected of a backend that answers as a whole: the same config reads both', async () => {
    const config = { ...CONFIG, output: 'choices[0].message.content' }
    const whole = await ask(json({ choices: [{ message: { content: 'all' } }] }), config)
    expect(whole.output).toBe('all')
    expect((await ask(pieces(SSE, OPENAI), config)).output).toBe('Grüße')
  })

  it('are read where the suite says so, whatever the content type', async () => {
    const reply = await ask(pieces('text/plain', OPENAI), { ...CONFIG, streaming: 'sse' })
    expect(reply.output).toBe('Grüße')
    const off = await ask(body('data: a\n\n', SSE), { streaming: false })
    expect(off.output).toBe('data: a\n\n')
  })

  it('in latin-1 are decoded as declared', async () => {
    const bytes = Buffer.from(event({ t: 'Grüße' }), 'latin1')
    const type = 'text/event-stream; charset=latin1'
    expect((await ask(pieces(type, [bytes]), { delta: 't' })).output).toBe('Grüße')
  })
})

describe('JSON lines', () => {
  const NDJSON = 'application/x-ndjson'
  const OLLAMA = [
    '{"message": {"content": "Gr"}, "done": false}\n{"message": {"cont',
    'ent": "üße"}, "done": false}\r\n\n',
    '{"message": {"content": ""}, "done": true, "done_reason": "stop", "prompt_eval_count": 5, "eval_count": 2}',
  ]

  it('are put together, the last one without an end included', async () => {
    const reply = await ask(pieces(NDJSON, OLLAMA), {
      delta: 'message.content',
      finishReason: 'done_reason',
      usage: { input: 'prompt_eval_count', output: 'eval_count' },
    })
    expect(reply).toMatchObject({ output: 'Grüße', finishReason: 'stop' })
    expect(told(reply).usage).toEqual({ input: 5, output: 2 })
    expect(told(reply).timing?.ttftMs).toBeGreaterThan(0)
  })

  it('are a list without a path', async () => {
    expect((await ask(pieces(NDJSON, ['{"a": 1}\n', '[2]\n']))).output).toEqual([{ a: 1 }, [2]])
  })

  it('that break off are unavailable, and those that never were JSON invalid', async () => {
    const cut = failureOf(await ask(pieces(NDJSON, ['{"t": "a"}\n', '{"t": "b']), { delta: 't' }))
    expect(cut.kind).toBe('unavailable')
    const page = failureOf(await ask(pieces(NDJSON, ['<html>']), { delta: 't' }))
    expect(page.kind).toBe('invalid')
    expect(page.message).toContain('<html>')
  })
})

describe('a streamed text', () => {
  it('has a time to its first piece where the suite says that it is streamed', async () => {
    const answer = pieces('text/plain', ['Half ', 'past two'])
    const streamed = await ask(answer, { streaming: 'text' })
    expect(streamed.output).toBe('Half past two')
    expect(told(streamed).timing?.ttftMs).toBeLessThan(told(streamed).timing?.latencyMs ?? NaN)
    expect(told(await ask(answer)).timing).not.toHaveProperty('ttftMs')
  })
})

describe('a stream that is done before it ends', () => {
  it('leaves its connection for the next call once the server has ended it', async () => {
    const backend = await startBackend(pieces(SSE, OPENAI))
    const provider = new Http({ config: { url: backend.url, body: { q: '{{prompt}}' }, ...CONFIG } })
    for (let i = 0; i < 5; i++) {
      expect((await provider.callApi('a')).output).toBe('Grüße')
      await new Promise((resolve) => setTimeout(resolve, 30))
    }
    expect(backend.connections()).toBeLessThan(5)
    provider.cleanup()
  })
})
