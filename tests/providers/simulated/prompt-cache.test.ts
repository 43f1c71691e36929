import { describe, expect, it } from 'vitest'
import SimulatedModel from '../../../providers/simulated/index.ts'
import { cachedPrefixes } from '../../../providers/simulated/prompt/cached-prefixes.ts'

interface Clock {
  now(): number
}

const RULES = Array.from({ length: 300 }, (_, index) => `Rule ${index} holds for every mail.`).join(' ')
const chat = (mail: string): string =>
  JSON.stringify([
    { role: 'system', content: `Answer with one of: billing, delivery.\n${RULES}` },
    { role: 'user', content: `Mail: ${mail}` },
  ])
const text = (mail: string): string =>
  `Answer with one of: billing, delivery.\n\n${RULES}\n\n<mail>\n${mail}\n</mail>\n\nTeam:`

function model(config: object = {}, clock?: Clock): SimulatedModel {
  const options = { config: { profile: 'sonnet', timeScale: 0, promptCache: true, ...config } }
  return clock === undefined ? new SimulatedModel(options) : new SimulatedModel(options, clock)
}

interface Counts {
  readonly input: number
  readonly output: number
  readonly cacheRead: number
  readonly cacheWrite: number
  readonly cacheWrite1h?: number
}

async function ask(
  asked: SimulatedModel,
  prompt: string,
): Promise<{ usage: Counts; cost: number; prompt: number }> {
  const { metadata, cost, tokenUsage } = await asked.callApi(prompt)
  return { usage: metadata?.['usage'] as Counts, cost: cost ?? NaN, prompt: tokenUsage?.prompt ?? NaN }
}

describe('a prompt cache in the process', () => {
  it.each([
    ['a system prompt', chat],
    ['what stands before the input', text],
  ])('writes %s once and reads it from then on', async (_name, promptOf) => {
    const asked = model()
    const [first, second] = [await ask(asked, promptOf('one')), await ask(asked, promptOf('two'))]
    expect(first.usage.cacheRead).toBe(0)
    expect(first.usage.cacheWrite).toBeGreaterThan(1024)
    expect(second.usage.cacheWrite).toBe(0)
    expect(second.usage.cacheRead).toBe(first.usage.cacheWrite)
    expect(second.usage.input + second.usage.cacheRead).toBe(second.prompt)
  })

  it('is priced by what was read and written', async () => {
    const asked = model()
    const [first, second] = [await ask(asked, chat('one')), await ask(asked, chat('two'))]
    const { input, output, cacheWrite } = first.usage
    expect(first.cost).toBeCloseTo((3 * input + 15 * output + 3.75 * cacheWrite) / 1e6, 12)
    const read = second.usage
    expect(second.cost).toBeCloseTo((3 * read.input + 15 * read.output + 0.3 * read.cacheRead) / 1e6, 12)
  })

  it('is off by default, and then tells no classes', async () => {
    const { metadata } = await new SimulatedModel({ config: { timeScale: 0 } }).callApi(chat('one'))
    expect(metadata).not.toHaveProperty('usage')
  })

  it('changes no reply', async () => {
    const [plain, cached] = [model({ promptCache: false }), model()]
    for (const mail of ['My invoice is wrong', 'The parcel is late', 'Hello'])
      expect((await cached.callApi(text(mail))).output).toBe((await plain.callApi(text(mail))).output)
  })

  it('forgets after five minutes, or after an hour for those who pay for it', async () => {
    let now = 0
    const clock = { now: () => now }
    const [short, long] = [model({}, clock), model({ promptCache: { ttl: '1h' } }, clock)]
    expect((await ask(short, chat('a'))).usage.cacheWrite1h).toBeUndefined()
    const written = (await ask(long, chat('a'))).usage
    expect(written.cacheWrite1h).toBe(written.cacheWrite)
    now = 300_001
    expect((await ask(short, chat('b'))).usage.cacheRead).toBe(0)
    expect((await ask(long, chat('b'))).usage.cacheRead).toBeGreaterThan(0)
  })

  it('keeps nothing that is too short', async () => {
    const short = 'Answer with one of: billing, delivery.\n\n<mail>\nThe parcel is late\n</mail>\n\nTeam:'
    expect((await ask(model(), short)).usage).toMatchObject({ cacheRead: 0, cacheWrite: 0 })
    expect((await ask(model({ promptCache: { minTokens: 5 } }), short)).usage.cacheWrite).toBeGreaterThan(5)
  })

  it.each([
    [{ promptCache: 'yes' }, 'promptCache'],
    [{ promptCache: { ttl: '2h' } }, 'promptCache'],
    [{ promptCache: { minTokens: 0 } }, 'promptCache'],
  ])('refuses %j', (config, key) => {
    expect(() => model(config)).toThrow(key)
  })
})

describe('the beginnings that are kept', () => {
  it('are those that the prompt marks, in the words of Anthropic and of Bedrock', () => {
    const anthropic = {
      system: [{ type: 'text', text: 'Rules.', cache_control: { type: 'ephemeral', ttl: '1h' } }],
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Document.', cache_control: { type: 'ephemeral' } },
            { type: 'text', text: 'Question?' },
          ],
        },
      ],
    }
    expect(cachedPrefixes(JSON.stringify(anthropic), '5m')).toEqual([
      { text: 'Rules.\n', ttl: '1h' },
      { text: 'Rules.\nDocument.\n', ttl: '5m' },
    ])
    const bedrock = [
      { role: 'system', content: [{ text: 'Rules.' }, { cachePoint: { type: 'default' } }] },
      { role: 'user', content: [{ text: 'Hi' }] },
    ]
    expect(cachedPrefixes(JSON.stringify(bedrock), '1h')).toEqual([{ text: 'Rules.\n', ttl: '5m' }])
  })

  it('are none where the whole prompt is the input', () => {
    expect(cachedPrefixes('Hello there', '5m')).toEqual([])
    expect(cachedPrefixes('', '5m')).toEqual([])
  })
})

describe('a quantised local model', () => {
  const wrong = async (profile: string): Promise<number> => {
    const asked = new SimulatedModel({ config: { profile, timeScale: 0, seed: 1 } })
    const replies = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const prompt = `Answer with exactly one of: positive, negative. Answer with the label only.\n\n<mail>\nMail ${index}: I am happy with it.\n</mail>\n\nSentiment:`
        return (await asked.callApi(prompt)).output
      }),
    )
    return replies.filter((reply) => reply !== 'positive').length
  }

  it('knows what flash knows, and errs more often', async () => {
    expect(await wrong('local-q4')).toBeGreaterThan(await wrong('flash'))
  })

  it('goes by its own name, and has a price of its own that is not nothing', async () => {
    const local = new SimulatedModel({ id: 'simulated:local-q4', config: { timeScale: 0 } })
    expect(local.id()).toBe('simulated:local-q4')
    const { cost, tokenUsage } = await local.callApi('Text: one two three')
    const { prompt = 0, completion = 0 } = tokenUsage ?? {}
    expect(cost).toBeCloseTo((0.02 * prompt + 0.25 * completion) / 1e6, 12)
    expect(cost).toBeGreaterThan(0)
  })
})
