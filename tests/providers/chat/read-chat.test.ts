import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Chat, Part } from '../../../providers/chat/chat.ts'
import { readChat } from '../../../providers/chat/read-chat.ts'

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const GIF = Buffer.from('GIF89a-rest').toString('base64')

function asText(prompt: string): Chat {
  return { system: [], turns: [{ role: 'user', parts: [{ kind: 'text', text: prompt }] }] }
}

/** The parts of the one turn of a chat that has this piece in it. */
function partsOf(piece: unknown): readonly Part[] {
  return readChat(JSON.stringify([{ role: 'user', content: [piece] }])).turns[0]?.parts ?? []
}

describe('a prompt', () => {
  it.each([
    '',
    'plain',
    '[1,2]',
    '{"a":1}',
    '["a","b"]',
    '[]',
    '[{"role":"user"}]',
    '[{"role":"narrator","content":"x"}]',
    '[{"role":"user","content":"x"},{"note":"no message"}]',
    '[{"role":"user","content":[1]}]',
    '[{"role":"user","content":7}]',
    '{"messages":[{"role":"user","content":"x"}],"temperature":1}',
    '{"messages":"x"}',
    '[{"role":"user","content":"cut of',
    '- role: user\n  content: [',
    '- role',
    'user: x',
  ])('that is not wholly a chat is the text it is: %j', (prompt) => {
    expect(readChat(prompt)).toEqual(asText(prompt))
  })

  it('has half a surrogate pair made whole, written as such or as an escape; a whole one stays', () => {
    expect(readChat('a\udc00')).toEqual(asText('a\ufffd'))
    const chat = readChat(String.raw`[{"role":"user","content":"\ud83d\ude00 \ud83d"}]`)
    expect(chat).toEqual(asText('😀 \ufffd'))
  })

  it('has a system prompt of the config before its own, or none', () => {
    expect(readChat('x', 'S').system).toEqual([{ kind: 'text', text: 'S' }])
    expect(readChat('x', '').system).toEqual([])
  })

  it('knows who speaks by the words of every vendor', () => {
    const roles = ['developer', 'human', 'model', 'assistant', 'function', 'tool']
    const chat = readChat(JSON.stringify(roles.map((role) => ({ role, content: role, tool_call_id: '1' }))))
    expect(chat.system).toEqual([{ kind: 'text', text: 'developer' }])
    expect(chat.turns.map(({ role, parts }) => [role, parts[0]?.kind])).toEqual([
      ['user', 'text'],
      ['assistant', 'text'],
      ['assistant', 'text'],
      ['user', 'tool-result'],
      ['user', 'tool-result'],
    ])
  })

  it('never throws, and loses no text that is not JSON', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json({ maxDepth: 5 })), (prompt) => {
        const { turns } = readChat(prompt)
        expect(turns.length + readChat(prompt).system.length).toBeGreaterThan(0)
      }),
      { seed: 5, numRuns: 500 },
    )
    const piece = fc.object({
      key: fc.constantFrom(
        'type',
        'text',
        'image',
        'image_url',
        'source',
        'bytes',
        'document',
        'toolUse',
        'content',
        'inlineData',
        'cache_control',
        'functionCall',
        'guardContent',
        'url',
      ),
      values: [
        fc.constantFrom('text', 'image', 'tool_use', 'tool_result', 'document', 'file'),
        fc.string(),
        fc.integer(),
        fc.constant(null),
      ],
      maxDepth: 3,
    })
    fc.assert(
      fc.property(piece, (content) => {
        expect(() => readChat(JSON.stringify([{ role: 'user', content: [content] }]))).not.toThrow()
      }),
      { seed: 5, numRuns: 1000 },
    )
  })
})

describe('a piece of a message', () => {
  const image = { kind: 'image', mediaType: 'image/png', data: Buffer.from(PNG, 'base64') }

  it.each([
    ['OpenAI’s image', { type: 'image_url', image_url: { url: `data:image/png;base64,${PNG}` } }, image],
    [
      'an image whose first bytes tell what it is',
      { type: 'image_url', image_url: { url: `data:image/jpeg;base64,${PNG}` } },
      image,
    ],
    [
      'an image without a media type',
      { image: { source: { bytes: GIF } } },
      { kind: 'image', mediaType: 'image/gif', data: Buffer.from('GIF89a-rest') },
    ],
    [
      'an image that was a Buffer',
      {
        image: {
          format: 'png',
          source: { bytes: { type: 'Buffer', data: [...Buffer.from(PNG, 'base64')] } },
        },
      },
      image,
    ],
    [
      'an image of unknown bytes, by its declared kind',
      { image: { format: 'jpg', source: { bytes: 'AAAA' } } },
      { kind: 'image', mediaType: 'image/jpeg', data: Buffer.from([0, 0, 0]) },
    ],
    [
      'an image by its address',
      { type: 'image_url', image_url: 'https://x/y.png' },
      { kind: 'image', mediaType: 'image/png', url: 'https://x/y.png' },
    ],
    [
      'an image in S3',
      { image: { format: 'webp', source: { s3Location: { uri: 's3://b/k' } } } },
      { kind: 'image', mediaType: 'image/webp', url: 's3://b/k' },
    ],
    [
      'Gemini’s document',
      { inline_data: { mime_type: 'application/pdf', data: 'JVBERg==' } },
      { kind: 'document', mediaType: 'application/pdf', name: 'document', data: Buffer.from('%PDF') },
    ],
    [
      'Bedrock’s document',
      { document: { format: 'csv', name: 'a.csv', source: { bytes: 'YQ==' } } },
      { kind: 'document', mediaType: 'text/csv', name: 'a.csv', data: Buffer.from('a') },
    ],
    [
      'Anthropic’s document of text',
      { type: 'document', title: 't', source: { type: 'text', media_type: 'text/plain', data: 'a' } },
      { kind: 'document', mediaType: 'text/plain', name: 't', data: Buffer.from('a') },
    ],
    [
      'OpenAI’s file',
      { type: 'file', file: { filename: 'r.pdf', file_data: 'data:application/pdf;base64,JVBERg==' } },
      { kind: 'document', mediaType: 'application/pdf', name: 'r.pdf', data: Buffer.from('%PDF') },
    ],
    [
      'Gemini’s call',
      { functionCall: { name: 'f', args: { a: 1 } } },
      { kind: 'tool-call', id: 'f', name: 'f', input: { a: 1 } },
    ],
    [
      'Gemini’s result',
      { functionResponse: { name: 'f', response: { a: 1 } } },
      { kind: 'tool-result', id: 'f', name: 'f', output: [{ kind: 'text', text: '{"a":1}' }] },
    ],
    [
      'a result of JSON',
      { toolResult: { toolUseId: 'i', content: [{ json: { a: 1 } }], status: 'error' } },
      { kind: 'tool-result', id: 'i', output: [{ kind: 'text', text: '{"a":1}' }], isError: true },
    ],
    ['a cache point', { cachePoint: { type: 'default', ttl: '1h' } }, { kind: 'cache-point', ttl: '1h' }],
    ['what nobody knows', { type: 'hologram', x: 1 }, { kind: 'text', text: '{"type":"hologram","x":1}' }],
  ])('is %s', (_what, piece, part) => {
    expect(partsOf(piece)).toEqual([part])
  })

  it('of Anthropic’s may have a cache point after it', () => {
    expect(partsOf({ type: 'text', text: 'x', cache_control: { type: 'ephemeral' } })).toEqual([
      { kind: 'text', text: 'x' },
      { kind: 'cache-point' },
    ])
  })

  it('that is a thought of an earlier turn is left out', () => {
    expect(partsOf({ type: 'thinking', thinking: 'x', signature: 's' })).toEqual([])
    expect(partsOf({ reasoningContent: { reasoningText: { text: 'x' } } })).toEqual([])
    expect(partsOf({ text: 'x', thought: true })).toEqual([])
  })

  it('may be a call whose arguments are no JSON: they stay as they are', () => {
    const tool_calls = [{ id: '1', type: 'function', function: { name: 'f', arguments: '{"a":' } }]
    const { turns } = readChat(JSON.stringify([{ role: 'assistant', content: null, tool_calls }]))
    expect(turns[0]?.parts).toEqual([{ kind: 'tool-call', id: '1', name: 'f', input: '{"a":' }])
  })
})
