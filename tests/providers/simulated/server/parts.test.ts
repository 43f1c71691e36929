import { describe, expect, it } from 'vitest'
import { faultsOf } from '../../../../providers/simulated/server/fault-plan.ts'
import { simulatedBy } from '../../../../providers/simulated/server/models.ts'
import { PromptCache } from '../../../../providers/simulated/prompt-cache.ts'
import { promptOf } from '../../../../providers/simulated/server/prompt-text.ts'
import { Repeats } from '../../../../providers/simulated/server/repeats.ts'
import type { ProtocolName, Step } from '../../../../providers/simulated/server/step.ts'
import { eventsOf } from '../../../../providers/simulated/server/stream-events.ts'

describe('what simulates a model', () => {
  it.each<[ProtocolName, string, string]>([
    ['bedrock', 'amazon.nova-lite-v1:0', 'flash'],
    ['bedrock', 'us.amazon.nova-pro-v1:0', 'sonnet'],
    ['bedrock', 'us.anthropic.claude-haiku-4-5-20251001-v1:0', 'flash'],
    ['bedrock', 'global.anthropic.claude-sonnet-4-5-20250929-v1:0', 'sonnet'],
    ['bedrock', 'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-micro-v1:0', 'flash'],
    [
      'bedrock',
      'arn:aws:bedrock:us-east-1:123456789012:inference-profile/eu.anthropic.claude-sonnet-4-20250514-v1:0',
      'sonnet',
    ],
    ['bedrock', 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3', 'sonnet'],
    ['gemini', 'gemini-2.5-flash', 'flash'],
    ['gemini', 'gemini-2.5-pro', 'sonnet'],
    ['openai', 'gpt-4o-mini', 'flash'],
    ['openai', 'gpt-4o', 'sonnet'],
    ['openai', 'google/gemini-2.5-pro', 'sonnet'],
    ['openai', 'minimax-m2', 'sonnet'],
    ['openai', 'qwen2.5:0.5b', 'sonnet'],
    ['anthropic', 'claude-haiku-4-5', 'flash'],
  ])('%s %s: %s', (protocol, id, profile) => {
    expect(simulatedBy(protocol, id)?.profile.name).toBe(profile)
  })

  it.each<[ProtocolName, string]>([
    ['bedrock', 'nova-lite'],
    ['bedrock', 'amazon.nowhere-v1:0'],
    ['gemini', 'gpt-4o'],
    ['anthropic', 'gemini-2.5-pro'],
    ['openai', 'nobodys-model'],
    ['openai', ''],
  ])('%s has no %s', (protocol, id) => {
    expect(simulatedBy(protocol, id)).toBeUndefined()
  })
})

describe('repeats', () => {
  it('hand the lowest number that is free to whoever comes next', () => {
    const repeats = new Repeats()
    const [first, second, third] = [repeats.take('a'), repeats.take('a'), repeats.take('a')]
    expect([first, second, third].map(({ repeat }) => repeat)).toEqual([0, 1, 2])
    repeats.giveBack('a', third)
    repeats.giveBack('a', first)
    expect(repeats.take('a')).toEqual({ nth: 3, repeat: 0 })
    expect(repeats.take('a')).toEqual({ nth: 4, repeat: 2 })
    expect(repeats.take('a')).toEqual({ nth: 5, repeat: 3 })
    expect(repeats.take('b')).toEqual({ nth: 0, repeat: 0 })
  })
})

describe('the prompt cache', () => {
  const count = (text: string): number => text.length
  const short = { text: 'x'.repeat(100), ttl: '1h' } as const
  const long = { text: 'x'.repeat(150), ttl: '5m' } as const

  it('reads the longest beginning it has, and writes what is beyond it', () => {
    const cache = new PromptCache()
    expect(cache.use('m', [short], count, 50, 0)).toEqual({ read: 0, write: 100, write1h: 100 })
    expect(cache.use('m', [short, long], count, 50, 1)).toEqual({ read: 100, write: 50, write1h: 0 })
    expect(cache.use('m', [short, long], count, 50, 2)).toEqual({ read: 150, write: 0, write1h: 0 })
    expect(cache.use('other', [short, long], count, 50, 3)).toEqual({ read: 0, write: 150, write1h: 100 })
  })

  it('forgets after the time to live, which each use begins anew', () => {
    const cache = new PromptCache()
    cache.use('m', [long], count, 50, 0)
    expect(cache.use('m', [long], count, 50, 299_999).read).toBe(150)
    expect(cache.use('m', [long], count, 50, 599_998).read).toBe(150)
    expect(cache.use('m', [long], count, 50, 899_998)).toEqual({ read: 0, write: 150, write1h: 0 })
  })

  it('keeps nothing that is shorter than the least', () => {
    const cache = new PromptCache()
    expect(cache.use('m', [short, long], count, 101, 0)).toEqual({ read: 0, write: 150, write1h: 0 })
    expect(cache.use('m', [short], count, 101, 1)).toEqual({ read: 0, write: 0, write1h: 0 })
  })
})

describe('the pieces of a stream', () => {
  it.each([
    'one two three four',
    'Donaudampfschifffahrtsgesellschaft',
    ' \n\n a  b ',
    '😀😀😀😀😀😀😀',
    '',
    'x'.repeat(5000),
  ])('add up to %j', (text) => {
    const events = eventsOf({ parts: text === '' ? [] : [{ is: 'text', text }] })
    const pieces = events.flatMap(({ event }) => (event.is === 'delta' ? [event.text] : []))
    expect(pieces.join('')).toBe(text)
    expect(pieces.every((piece) => piece.isWellFormed())).toBe(true)
    expect(pieces.length).toBeLessThan(70)
    const shares = events.map(({ share }) => share)
    expect(shares).toEqual(shares.toSorted((left, right) => left - right))
    expect(shares[0]).toBe(0)
    expect(shares.at(-1)).toBe(pieces.length > 1 ? 1 : 0)
  })
})

describe('a prompt', () => {
  it('of one message is its text, unless that would be taken for a chat', () => {
    const prompt = (text: string): string => promptOf({ system: [], turns: [{ role: 'user', text }] })
    expect(prompt('hello')).toBe('hello')
    expect(prompt(' [1, 2]')).toBe('[{"role":"user","content":" [1, 2]"}]')
    expect(promptOf({ system: ['a', 'b'], turns: [{ role: 'user', text: 'c' }] })).toBe(
      '{"system":"a\\nb","messages":[{"role":"user","content":"c"}]}',
    )
  })
})

describe('planned faults', () => {
  const KEYS = Array.from({ length: 2000 }, (_, index) => `request ${index}`)
  const planned = (protocol: ProtocolName, isStream: boolean, plan = {}, seed = 1): Step[][] =>
    KEYS.map((key) => faultsOf(key, { protocol, isStream }, plan, seed))

  it('meet the share that is asked for, each fewer times than a client tries', () => {
    const faulty = planned('bedrock', true, { share: 0.1 }).filter((steps) => steps.length > 0)
    expect(faulty.length).toBeGreaterThan(150)
    expect(faulty.length).toBeLessThan(250)
    expect(Math.max(...faulty.map((steps) => steps.length))).toBe(3)
  })

  it('are the same for the same seed, and others for another', () => {
    expect(planned('openai', true)).toEqual(planned('openai', true))
    expect(planned('openai', true, {}, 2)).not.toEqual(planned('openai', true))
  })

  it('are of every kind, and end by themselves', () => {
    const kinds = (steps: Step[][]): Set<string> =>
      new Set(steps.flat().map((step) => ('when' in step ? `${step.do} ${step.when}` : step.do)))
    const streamed = planned('bedrock', true, { share: 1 })
    expect([...kinds(streamed)].toSorted()).toEqual([
      'crc',
      'cut mid-frame',
      'exception',
      'garbage',
      'hang before',
      'hang mid-stream',
      'page',
      'reset before',
      'reset headers',
      'reset mid-frame',
      'reset mid-stream',
      'status',
      'trickle',
    ])
    expect(kinds(planned('bedrock', false, { share: 1 }))).not.toContain('crc')
    const throttles = streamed.flat().filter((step) => step.do === 'status' && step.status === 429)
    expect(new Set(throttles.map((step) => JSON.stringify(step))).size).toBe(4)
    // A client that is told of one slows down for all that it asks of the account.
    expect(throttles.length).toBeLessThan(0.1 * streamed.flat().length)
    const hanging = streamed.flat().filter((step) => step.do === 'hang')
    expect(hanging.every(({ forMs }) => forMs === 300)).toBe(true)
  })
})
