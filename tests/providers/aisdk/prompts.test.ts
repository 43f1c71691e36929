import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, provider } from './ask.ts'
import type { VendorServer } from './vendor-server.ts'
import { fixture, startVendor } from './vendor-server.ts'

let server: VendorServer
beforeAll(async () => {
  server = await startVendor()
})
afterAll(() => server[Symbol.asyncDispose]())

/** One pixel. */
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** A conversation with all there is, as OpenAI writes it. */
const CHAT = JSON.stringify([
  { role: 'system', content: 'Be brief.' },
  {
    role: 'user',
    content: [
      { type: 'text', text: 'Whose flag?' },
      { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}` } },
    ],
  },
  {
    role: 'assistant',
    content: null,
    tool_calls: [
      { id: 'call_1', type: 'function', function: { name: 'look_up', arguments: '{"q":"flag"}' } },
    ],
  },
  { role: 'tool', tool_call_id: 'call_1', content: 'Japan' },
  { role: 'user', content: 'And now?' },
])

const body = async (id: string, events: string, prompt: string, config: object = {}) =>
  (await ask(server, id, config, prompt, { body: fixture(events) })).request.body

describe('a chat with an image, a tool call and its result', () => {
  it('is OpenAI’s messages', async () => {
    expect((await body('openai:gpt-4o', 'openai/completion.sse', CHAT))['messages']).toEqual([
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Whose flag?' },
          { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}` } },
        ],
      },
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'call_1', type: 'function', function: { name: 'look_up', arguments: '{"q":"flag"}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'call_1', content: 'Japan' },
      { role: 'user', content: 'And now?' },
    ])
  })

  it('is Anthropic’s', async () => {
    expect(await body('anthropic:claude-haiku-4-5', 'anthropic/message.sse', CHAT)).toMatchObject({
      system: [{ type: 'text', text: 'Be brief.' }],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Whose flag?' },
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } },
          ],
        },
        {
          role: 'assistant',
          content: [{ type: 'tool_use', id: 'call_1', name: 'look_up', input: { q: 'flag' } }],
        },
        {
          role: 'user',
          content: [
            { type: 'tool_result', tool_use_id: 'call_1', content: 'Japan' },
            { type: 'text', text: 'And now?' },
          ],
        },
      ],
    })
  })

  it('is Gemini’s', async () => {
    expect(await body('google:gemini-2.5-flash', 'gemini/response.sse', CHAT)).toMatchObject({
      systemInstruction: { parts: [{ text: 'Be brief.' }] },
      contents: [
        {
          role: 'user',
          parts: [{ text: 'Whose flag?' }, { inlineData: { mimeType: 'image/png', data: PNG } }],
        },
        { role: 'model', parts: [{ functionCall: { name: 'look_up', args: { q: 'flag' } } }] },
        { role: 'user', parts: [{ functionResponse: { name: 'look_up', response: { content: 'Japan' } } }] },
        { role: 'user', parts: [{ text: 'And now?' }] },
      ],
    })
  })
})

describe('a prompt in one vendor’s words', () => {
  it('is understood by another', async () => {
    const gemini = JSON.stringify({
      contents: [
        { role: 'user', parts: [{ text: 'Hi' }] },
        { role: 'model', parts: [{ text: 'Hello' }] },
        { role: 'user', parts: [{ text: 'Bye' }] },
      ],
      systemInstruction: { parts: [{ text: 'S' }] },
    })
    expect((await body('openai:gpt-4o', 'openai/completion.sse', gemini))['messages']).toEqual([
      { role: 'system', content: 'S' },
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Hello' },
      { role: 'user', content: 'Bye' },
    ])
  })

  it('keeps Anthropic’s cache points, with how long', async () => {
    const prompt = JSON.stringify([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'long', cache_control: { type: 'ephemeral', ttl: '1h' } },
          { type: 'text', text: 'short' },
        ],
      },
    ])
    expect((await body('anthropic:claude-haiku-4-5', 'anthropic/message.sse', prompt))['messages']).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'long', cache_control: { type: 'ephemeral', ttl: '1h' } },
          { type: 'text', text: 'short' },
        ],
      },
    ])
  })

  it('comes after the config’s system prompt', async () => {
    const sent = await body('openai:gpt-4o', 'openai/completion.sse', CHAT, { system: 'First.' })
    expect((sent['messages'] as object[]).slice(0, 2)).toEqual([
      { role: 'system', content: 'First.' },
      { role: 'system', content: 'Be brief.' },
    ])
  })
})

describe('what cannot be said in a vendor’s protocol', () => {
  it('is a failure before anything is sent', async () => {
    const before = server.received.length
    const word = {
      type: 'document',
      source: { type: 'base64', media_type: 'application/msword', data: 'AAAA' },
    }
    const prompt = JSON.stringify([{ role: 'user', content: [word] }])
    const response = await provider(server, 'openai:gpt-4o').callApi(prompt)
    expect(response.metadata?.['failure']).toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('application/msword') as string,
    })
    expect(server.received.length).toBe(before)
  })
})
