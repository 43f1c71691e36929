import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import SimulatedModel from '../../../providers/simulated/index.ts'
import { loadTokenizer } from '../../../providers/simulated/tokens.ts'

type Config = Record<string, unknown>

function model(config: Config = {}): SimulatedModel {
  return new SimulatedModel({ config: { timeScale: 0, ...config } })
}

const unsure = (index: number): string =>
  `Answer with one of: positive, negative, neutral, mixed.\n\nText: Parcel ${index} came\nSentiment:`
const prompts = Array.from({ length: 30 }, (_, index) => unsure(index))
const COUNTING = 'Text: one two three four five six seven eight nine ten eleven twelve'

describe('determinism', () => {
  it('gives the same reply to the same prompt, config and repeat, whatever the order and the instance', async () => {
    const one = model({ seed: 5 })
    const forwards = await Promise.all(prompts.map((prompt) => one.callApi(prompt, { repeatIndex: 2 })))
    const other = model({ seed: 5 })
    const backwards: unknown[] = []
    for (const prompt of prompts.toReversed()) {
      backwards.unshift((await other.callApi(prompt, { repeatIndex: 2 })).output)
    }
    expect(forwards.map(({ output }) => output)).toEqual(backwards)
  })

  it('varies with the seed and with the repeat', async () => {
    const outputs = async (seed: number, repeatIndex: number): Promise<unknown[]> =>
      Promise.all(
        prompts.map(async (prompt) => (await model({ seed }).callApi(prompt, { repeatIndex })).output),
      )
    const base = await outputs(1, 0)
    expect(await outputs(2, 0)).not.toEqual(base)
    expect(await outputs(1, 1)).not.toEqual(base)
  })

  it('depends on nothing but the prompt at temperature 0', async () => {
    for (const prompt of prompts) {
      const outputs = new Set<unknown>()
      for (const repeatIndex of [0, 1, 2]) {
        for (const seed of [1, 2]) {
          outputs.add((await model({ seed, temperature: 0 }).callApi(prompt, { repeatIndex })).output)
        }
      }
      expect(outputs.size).toBe(1)
    }
  })

  it('does not look at vars, test or expected label', async () => {
    const seen: string[] = []
    const spy = new Proxy<Record<string, unknown>>(
      { repeatIndex: 0 },
      {
        get: (target, key) => {
          seen.push(String(key))
          return target[String(key)]
        },
      },
    )
    await model().callApi(unsure(0), spy)
    expect([...new Set(seen)].toSorted()).toEqual(['prompt', 'repeatIndex'])
  })
})

describe('a call', () => {
  it('reports tokens, cost and the notice that it is no language model', async () => {
    const reply = await model({ profile: 'sonnet' }).callApi(COUNTING)
    const tokenizer = await loadTokenizer()
    const prompt = tokenizer.count(COUNTING)
    const completion = tokenizer.count(String(reply.output))
    expect(reply.tokenUsage).toEqual({ total: prompt + completion, prompt, completion, numRequests: 1 })
    expect(reply.cost).toBeCloseTo((3 * prompt + 15 * completion) / 1e6, 12)
    expect(reply.metadata?.['notice']).toBe('simulated, not a language model')
    expect(new SimulatedModel().notice).toBe('simulated, not a language model')
  })

  it('waits as long as it says, by the clock it was given', async () => {
    const started = performance.now()
    const reply = await model({ timeScale: 0.1 }).callApi(COUNTING)
    const timing = (reply.metadata ?? {})['timing']
    const { ttftMs, serverMs } = timing as { ttftMs: number; serverMs: number }
    expect(ttftMs).toBeGreaterThan(5)
    expect(serverMs).toBeGreaterThanOrEqual(ttftMs)
    expect(performance.now() - started).toBeGreaterThanOrEqual(serverMs)
  })

  it('cuts a long reply at maxTokens and says so', async () => {
    const reply = await model({ maxTokens: 5 }).callApi(COUNTING)
    expect(reply).toMatchObject({ output: 'one two three four five', finishReason: 'length' })
    expect(reply.tokenUsage?.completion).toBe(5)
  })

  it('fails as invalid when prompt and reply do not fit the context window, which is smaller for flash', async () => {
    const long = `Text: ${'word '.repeat(20_000)}`
    const failed = await model({ profile: 'flash' }).callApi(long)
    expect(failed.output).toBeUndefined()
    expect(failed.error).toContain('over the context window of 16384 tokens of simulated:flash')
    expect(failed.metadata?.['failure']).toMatchObject({ kind: 'invalid', status: 400 })
    expect((await model({ profile: 'sonnet' }).callApi(long)).error).toBeUndefined()
    expect((await model().callApi('x'.repeat(10_000_000))).error).toContain('10000000 characters')
  })

  it('stops waiting when it is aborted, before or during the wait', async () => {
    const slow = new SimulatedModel({ config: { timeScale: 1000 } })
    const abort = new AbortController()
    const pending = slow.callApi(COUNTING, undefined, { abortSignal: abort.signal })
    await sleep(20)
    abort.abort(new Error('enough'))
    expect((await pending).metadata?.['failure']).toMatchObject({ kind: 'aborted' })
    const late = await slow.callApi(COUNTING, undefined, { abortSignal: abort.signal })
    expect(late.error).toContain('enough')
  })
})

describe('the config', () => {
  it.each([
    [{ profile: 'opus' }, 'profile'],
    [{ temprature: 1 }, 'temprature'],
    [{ temperature: -1 }, 'temperature'],
    [{ maxTokens: 0 }, 'maxTokens'],
  ])('refuses %j and names the key', (config, key) => {
    expect(() => new SimulatedModel({ config })).toThrow(key)
  })

  it('is shown as the id of the profile', () => {
    expect(new SimulatedModel({ config: { profile: 'sonnet', basePath: '/x' } }).id()).toBe(
      'simulated:sonnet',
    )
    expect(new SimulatedModel().id()).toBe('simulated:flash')
  })

  it('takes the profile from the id where it is run by its id, and refuses one that is not there', () => {
    expect(new SimulatedModel({ id: 'simulated:sonnet' }).id()).toBe('simulated:sonnet')
    expect(new SimulatedModel({ id: 'simulated:sonnet', config: { profile: 'flash' } }).id()).toBe(
      'simulated:flash',
    )
    expect(new SimulatedModel({ id: 'file://providers/simulated/index.ts' }).id()).toBe('simulated:flash')
    expect(() => new SimulatedModel({ id: 'simulated:opus' })).toThrow(/profile/)
  })
})

describe('token counts', () => {
  it('take linear time over a run of the same character', async () => {
    const tokenizer = await loadTokenizer()
    expect(tokenizer.count('a'.repeat(50_000))).toBeGreaterThan(5000)
    expect(tokenizer.cut('\n'.repeat(50_000), 10)).toMatch(/^\n+$/)
  })

  it('of paragraphs add up to that of the whole text', async () => {
    const { encode } = await import('gpt-tokenizer/encoding/r50k_base')
    const tokenizer = await loadTokenizer()
    for (const text of [
      'a\n\nb\n\n\n\nc',
      '\n\n\n',
      'x \n \n y\n\n  z',
      'tab\t\n\n\tend\n\n-dash\n\n5',
      'é\r\n\r\nü',
      '<|endoftext|>',
    ]) {
      expect(tokenizer.count(text)).toBe(encode(text, { disallowedSpecial: new Set<string>() }).length)
    }
  })
})
