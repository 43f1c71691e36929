import { describe, expect, it } from 'vitest'
import { normalise } from '../../../harness/execute/reply.ts'

const told = (metadata: Record<string, unknown>, over: Record<string, unknown> = {}) =>
  normalise({ output: 'x', metadata, ...over })

describe('the usage a provider tells', () => {
  const tokenUsage = { prompt: 9, completion: 9 }

  it('goes before promptfoo’s, which knows no time to live', () => {
    const usage = { input: 5, output: 4, cacheRead: 3, cacheWrite: 2, cacheWrite1h: 1 }
    expect(told({ usage }, { tokenUsage }).usage).toEqual(usage)
  })

  it('has only the classes that were used', () => {
    const usage = { input: 5, output: 0, cacheRead: 0, cacheWrite: undefined, estimated: false }
    expect(told({ usage }).usage).toEqual({ input: 5, output: 0 })
    expect(told({ usage: { ...usage, estimated: true } }).usage).toEqual({
      input: 5,
      output: 0,
      estimated: true,
    })
  })

  it('wrote at least what it wrote for an hour', () => {
    expect(told({ usage: { input: 5, output: 0, cacheWrite1h: 7 } }).usage).toEqual({
      input: 5,
      output: 0,
      cacheWrite: 7,
      cacheWrite1h: 7,
    })
  })

  it.each([
    ['no output', { input: 5 }],
    ['a text', { input: '5', output: 1 }],
    ['less than nothing', { input: -5, output: 1 }],
    ['no number', { input: Number.NaN, output: 1 }],
    ['a list', [5, 1]],
    ['nothing', null],
  ])('is promptfoo’s where it is malformed: %s', (_what, usage) => {
    expect(told({ usage }, { tokenUsage }).usage).toEqual({ input: 9, output: 9 })
    expect(told({ usage }).usage).toBeUndefined()
  })

  it('is not that of a reply out of its cache, which used nothing now', () => {
    expect(told({ usage: { input: 5, output: 1 } }, { cached: true }).usage).toBeUndefined()
  })

  it('is told of a failure too: a filtered reply is paid for', () => {
    const usage = { input: 5, output: 1 }
    const failed = normalise({ error: 'filtered', metadata: { usage, failure: { kind: 'refused' } } })
    expect(failed).toMatchObject({ usage, failure: { kind: 'refused' } })
  })
})

describe('the bill a provider tells', () => {
  it('has a vendor, a model and perhaps a tier', () => {
    const billing = { vendor: 'aws', model: 'amazon.nova-lite-v1:0' }
    expect(told({ billing }).billing).toEqual(billing)
    expect(told({ billing: { ...billing, tier: 'flex' } }).billing).toEqual({ ...billing, tier: 'flex' })
    expect(told({ billing: { ...billing, tier: 7 } }).billing).toEqual(billing)
  })

  it.each([{ vendor: 'aws' }, { model: 'x' }, { vendor: '', model: 'x' }, 'aws/x', null])(
    'is none where half of it is missing: %j',
    (billing) => {
      expect(told({ billing }).billing).toBeUndefined()
    },
  )
})

describe('the times a provider tells', () => {
  it('are milliseconds, each by itself', () => {
    const timing = { ttftMs: 5, latencyMs: 20, serverMs: 0 }
    expect(told({ timing })).toMatchObject(timing)
    expect(told({ timing: { ttftMs: -1, latencyMs: 0, serverMs: '9' } })).not.toMatchObject({
      latencyMs: expect.anything() as unknown,
    })
  })
})

describe('the warnings a provider tells', () => {
  it('are its sentences, and nothing else it may have put there', () => {
    expect(told({ warnings: ['one', '', 7, null, 'two'] }).warnings).toEqual(['one', 'two'])
    expect(told({ warnings: 'one' }).warnings).toEqual([])
    expect(told({ warnings: Array.from({ length: 50 }, (_, i) => `w${i}`) }).warnings).toHaveLength(20)
  })
})
