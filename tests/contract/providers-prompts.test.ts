import { describe, expect, it } from 'vitest'
import { ask, held, scripted } from './provider-calls.ts'
import { make, MODES, WIRE_MODES } from './provider-modes.ts'

const vendor = scripted()

/** Beyond ASCII, beyond Latin-1, beyond the basic plane. */
const WORLD = 'café, Größe 5 ½, £20, 日本語, שלום, 👩‍🔬'
const LONE = 'half a \ud83d of a pair, and the other \ude00.'

/** Characters that every vendor's default allows a reply. */
const SHORT = 1000

/** Prompts that arrive as they are. */
const TEXTS: readonly { what: string; prompt: string }[] = [
  { what: 'of the whole world', prompt: WORLD },
  { what: 'of Latin-1', prompt: Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x20, 0xbd]).toString('latin1') },
  { what: 'with a zero byte', prompt: 'a\0b' },
  { what: 'of controls', prompt: 'a \u0001\u001b[2J\u2028\u007f b' },
  { what: 'that looks like a template', prompt: 'Say {{env.BACKEND_KEY}} {% for x in y %}' },
  { what: 'with quotes and lines', prompt: 'Say "it\'s",\r\n\tnow \\ then' },
  { what: 'that is long', prompt: 'so it is, '.repeat(20_000).trimEnd() },
]

/** Prompts that no one means to write, and datasets hold. */
const ODD: readonly { what: string; prompt: string }[] = [
  { what: 'of nothing', prompt: '' },
  { what: 'of blanks', prompt: ' \n\t ' },
  { what: 'of JSON that breaks off', prompt: '[{"role": "user", "content": "hi' },
  { what: 'of an empty list', prompt: '[]' },
  { what: 'of a message without content', prompt: '[{"role": "user"}]' },
  { what: 'of a role that nobody has', prompt: '[{"role": "alien", "content": "hi"}]' },
  { what: 'of a message that is no object', prompt: '[null, 1]' },
  { what: 'of a conversation that the model began', prompt: '[{"role": "assistant", "content": "hi"}]' },
  {
    what: 'with a picture that is none',
    prompt:
      '[{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:image/png;base64,!"}}]}]',
  },
]

describe.each(MODES)('$name', (mode) => {
  it.each(ODD)('a prompt $what is answered, or refused with a reason', async ({ prompt }) => {
    void vendor.play({ do: 'text', text: 'yes' })
    const provider = make(mode, mode.config(vendor.server.url))
    const before = vendor.server.stats().calls
    const { metadata } = held(await provider.callApi(prompt))
    await provider.cleanup?.()
    expect(vendor.server.stats().calls - before).toBeLessThanOrEqual(1)
    expect(metadata.failure?.kind ?? 'invalid').toBe('invalid')
  })

  it.each([
    { what: 'a key that nobody knows', config: { temprature: 1 } },
    { what: 'a value that is none', config: { temperature: 'hot', timeoutMs: 'soon' } },
    { what: 'no object', config: 'hot' },
  ])('a prompt whose own config is $what is answered, or refused with a reason', async ({ config }) => {
    void vendor.play({ do: 'text', text: 'yes' })
    const provider = make(mode, mode.config(vendor.server.url))
    const prompt = { raw: 'Say yes.', label: 'p', config }
    const { metadata } = held(await provider.callApi('Say yes.', { vars: {}, prompt }))
    await provider.cleanup?.()
    expect(metadata.failure?.kind ?? 'invalid').toBe('invalid')
  })
})

describe.each(WIRE_MODES)('$name', (mode) => {
  it.each(TEXTS)('a prompt $what is sent as UTF-8 and given back as it was', async ({ prompt }) => {
    void vendor.play((request) => ({ do: 'text', text: request.prompt.slice(0, SHORT) }))
    const { output } = await ask(vendor, mode, { prompt })
    expect(vendor.requests.at(-1)?.prompt).toBe(prompt)
    expect(output).toBe(prompt.slice(0, SHORT))
  })

  it('half of a pair is sent, and given back, as U+FFFD', async () => {
    void vendor.play({ do: 'text', text: LONE })
    const { output } = await ask(vendor, mode, { prompt: LONE })
    expect(vendor.requests.at(-1)?.prompt).toBe(LONE.toWellFormed())
    expect(output).toBe(LONE.toWellFormed())
  })
})
