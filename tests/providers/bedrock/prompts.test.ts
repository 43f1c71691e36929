import { describe, expect, it } from 'vitest'
import { ask, bedrock, type Metadata } from './asked.ts'
import { replay } from './wire-server.ts'

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

/** What is said to the model of a prompt. */
async function said(prompt: unknown, config: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
  await using server = await replay('converse-stream')
  const text = typeof prompt === 'string' ? prompt : JSON.stringify(prompt)
  expect((await ask(server, config, text)).error).toBeUndefined()
  return server.bodies[0] ?? {}
}

/** A prompt that is refused before anything is sent. */
async function refusal(prompt: string): Promise<Metadata['failure']> {
  await using server = await replay('converse-stream')
  const { metadata } = await bedrock(server).callApi(prompt)
  expect(server.requests).toHaveLength(0)
  return (metadata as Metadata).failure
}

const turn = (role: string, ...content: unknown[]) => ({ role, content })

describe('a prompt', () => {
  it.each([
    ['text', 'Classify: [1,2]', 'Classify: [1,2]'],
    ['JSON that is no chat', '[1,2]', '[1,2]'],
    [
      'JSON of messages beside which there is more',
      '{"messages":[{"role":"user","content":"x"}],"id":1}',
      undefined,
    ],
    ['text that names a role further on', 'Classify.\nUser: hello', 'Classify.\nUser: hello'],
    ['blanks around it', '  x \n', '  x \n'],
    ['half a surrogate pair', 'a\ud800b', 'a\ufffdb'],
    ['latin-1 that was read as such', 'caf\u00e9 \u0080', 'caf\u00e9 \u0080'],
  ])('of %s is said as it is', async (_what, prompt, text = prompt) => {
    expect(await said(prompt)).toEqual({ messages: [turn('user', { text })] })
  })

  it('is one chat in whoever’s words it is', async () => {
    const expected = {
      system: [{ text: 'S' }],
      messages: [turn('user', { text: 'a' }), turn('assistant', { text: 'b' }), turn('user', { text: 'c' })],
    }
    const openai = [
      { role: 'system', content: 'S' },
      { role: 'user', content: 'a' },
      { role: 'assistant', content: [{ type: 'text', text: 'b' }] },
      { role: 'user', content: 'c' },
    ]
    const gemini = {
      systemInstruction: { parts: [{ text: 'S' }] },
      contents: [
        { role: 'user', parts: [{ text: 'a' }] },
        { role: 'model', parts: [{ text: 'b' }] },
        { role: 'user', parts: [{ text: 'c' }] },
      ],
    }
    const anthropic = { system: 'S', messages: openai.slice(1) }
    const converse = [turn('system', { text: 'S' }), ...expected.messages]
    const yaml =
      '- role: system\n  content: S\n- role: user\n  content: a\n- role: assistant\n  content: b\n- role: user\n  content: c\n'
    const lines = 'system: S\nuser: a\nassistant: b\nuser: c'
    for (const prompt of [openai, gemini, anthropic, converse, yaml, lines])
      expect(await said(prompt)).toEqual(expected)
  })

  it('has the system prompt of the config before its own', async () => {
    const chat = [
      { role: 'system', content: 'its own' },
      { role: 'user', content: 'x' },
    ]
    expect(await said(chat, { system: 'config' })).toMatchObject({
      system: [{ text: 'config' }, { text: 'its own' }],
    })
    expect(await said('system: its own\nx', { system: 'config' })).toMatchObject({
      system: [{ text: 'config' }, { text: 'its own' }],
    })
  })

  it('with a system prompt alone asks that', async () => {
    expect(await said([{ role: 'system', content: 'Say hello.' }])).toEqual({
      messages: [turn('user', { text: 'Say hello.' })],
    })
  })

  it('has neighbours of one role joined, and blank texts left out: Bedrock takes neither', async () => {
    const chat = [
      { role: 'user', content: 'a' },
      { role: 'user', content: ['', { type: 'text', text: ' \n' }, 'b'] },
      { role: 'assistant', content: '' },
      { role: 'user', content: 'c' },
    ]
    expect(await said(chat)).toEqual({
      messages: [turn('user', { text: 'a' }, { text: 'b' }, { text: 'c' })],
    })
  })

  it('has tool calls and their results, in OpenAI’s words and in Anthropic’s', async () => {
    const toolUse = { toolUse: { toolUseId: 'c1', name: 'weather', input: { city: 'Oslo' } } }
    const messages = [
      turn('user', { text: 'Weather?' }),
      turn('assistant', toolUse),
      turn('user', { toolResult: { toolUseId: 'c1', content: [{ text: 'rain' }] } }, { text: 'So?' }),
    ]
    const openai = [
      { role: 'user', content: 'Weather?' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'c1', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'c1', content: 'rain' },
      { role: 'user', content: 'So?' },
    ]
    const anthropic = [
      turn('user', { type: 'text', text: 'Weather?' }),
      turn('assistant', { type: 'tool_use', id: 'c1', name: 'weather', input: { city: 'Oslo' } }),
      turn(
        'user',
        { type: 'tool_result', tool_use_id: 'c1', content: 'rain' },
        { type: 'text', text: 'So?' },
      ),
    ]
    for (const chat of [openai, anthropic, messages]) expect(await said(chat)).toEqual({ messages })
  })

  it('has a result that failed, and one that is empty', async () => {
    const chat = [
      turn('user', { text: 'x' }),
      turn('assistant', { type: 'tool_use', id: 'a', name: 'f', input: {} }),
      turn('user', { type: 'tool_result', tool_use_id: 'a', is_error: true, content: [] }),
    ]
    expect((await said(chat))['messages']).toContainEqual(
      turn('user', { toolResult: { toolUseId: 'a', content: [{ text: '(no output)' }], status: 'error' } }),
    )
  })

  it.each([
    ['OpenAI’s', { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}` } }],
    [
      'a data URL that lies about its kind',
      { type: 'image_url', image_url: { url: `data:image/jpg;base64,${PNG}` } },
    ],
    ['the Responses API’s', { type: 'input_image', image_url: `data:image/png;base64,${PNG}` }],
    ['Anthropic’s', { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } }],
    ['Bedrock’s', { image: { format: 'png', source: { bytes: PNG } } }],
    ['Gemini’s', { inlineData: { mimeType: 'image/png', data: PNG } }],
    ['bare base64', { type: 'image_url', image_url: { url: PNG } }],
  ])('has images by their bytes, in %s words', async (_whose, image) => {
    expect(await said([turn('user', { type: 'text', text: 'What?' }, image)])).toEqual({
      messages: [turn('user', { text: 'What?' }, { image: { format: 'png', source: { bytes: PNG } } })],
    })
  })

  it('has an image in S3 by its address, and documents by a name that Bedrock takes', async () => {
    const chat = [
      turn(
        'user',
        { image: { format: 'png', source: { s3Location: { uri: 's3://b/k.png' } } } },
        { document: { format: 'pdf', name: 'Q3_report.pdf', source: { bytes: 'JVBERg==' } } },
      ),
    ]
    expect(await said(chat)).toEqual({
      messages: [
        turn(
          'user',
          { image: { format: 'png', source: { s3Location: { uri: 's3://b/k.png' } } } },
          { document: { format: 'pdf', name: 'Q3-report-pdf', source: { bytes: 'JVBERg==' } } },
        ),
      ],
    })
  })

  it('has what a guardrail is to look at marked', async () => {
    const block = { guardContent: { text: { text: 'look here' } } }
    expect(await said([turn('user', { text: 'a' }, block)])).toEqual({
      messages: [turn('user', { text: 'a' }, block)],
    })
  })

  it.each([
    ['nothing', ''],
    ['blanks', ' \n\t'],
    ['an assistant who begins', '[{"role":"assistant","content":"hi"},{"role":"user","content":"x"}]'],
    [
      'an image that would have to be fetched',
      '[{"role":"user","content":[{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}]',
    ],
  ])('of %s is refused before a request is made', async (_what, prompt) => {
    expect((await refusal(prompt))?.kind).toBe('invalid')
  })

  it('that cannot fit the context window is refused before a request is made', async () => {
    expect(await refusal('word '.repeat(400_000))).toMatchObject({
      kind: 'invalid',
      message: expect.stringMatching(/over the context window of 200000 tokens/) as unknown,
    })
  })
})
