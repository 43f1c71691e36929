import { describe, expect, it } from 'vitest'
import { startSimulatedServer } from '../../providers/simulated/server/start.ts'
import { askAll, held, scripted, textOf } from './provider-calls.ts'
import { make, MODES, SIMULATED, WIRE_MODES } from './provider-modes.ts'

const vendor = scripted()

describe.each(MODES)('$name', (mode) => {
  it('fifty calls at once are each given their own reply', async () => {
    void vendor.play(({ prompt }) => ({ do: 'text', text: `re: ${prompt}`, ms: 5 }))
    const provider = make(mode, mode.config(vendor.server.url))
    const before = vendor.requests.length
    const prompts = Array.from({ length: 50 }, (_, n) => `Say ${n}.`)
    const replies = (await askAll(provider, prompts)).map((response) => textOf(held(response)))
    await provider.cleanup?.()
    if (mode === SIMULATED) return expect(replies).not.toContain('')
    expect(replies).toEqual(prompts.map((prompt) => `re: ${prompt}`))
    expect(vendor.requests.length - before).toBe(50)
  })
})

describe.each(WIRE_MODES)('$name, twice in one process', (mode) => {
  it('two that ask two servers ask each its own, at the same time', async () => {
    await using other = await startSimulatedServer({ script: () => ({ do: 'text', text: 'other' }) })
    void vendor.play({ do: 'text', text: 'one' })
    const [one, two] = [make(mode, mode.config(vendor.server.url)), make(mode, mode.config(other.url))]
    const prompts = Array.from({ length: 8 }, (_, n) => `Say ${n}.`)
    const [ones, twos] = await Promise.all([askAll(one, prompts), askAll(two, prompts)])
    expect(new Set(ones.map(textOf))).toEqual(new Set(['one']))
    expect(new Set(twos.map(textOf))).toEqual(new Set(['other']))
    expect(other.stats()).toMatchObject({ calls: 8, replies: 8 })
    await Promise.all([one.cleanup?.(), two.cleanup?.()])
  })

  it('one that is done with leaves a call of another to the same server alone, and can be used again', async () => {
    void vendor.play({ do: 'text', text: 'yes', ms: 30 })
    const [one, two] = [
      make(mode, mode.config(vendor.server.url)),
      make(mode, mode.config(vendor.server.url)),
    ]
    expect(textOf(await one.callApi('Say yes.'))).toBe('yes')
    const arrived = vendor.play({ do: 'text', text: 'yes', ms: 30 })
    const under = two.callApi('Say yes.')
    await arrived
    await one.cleanup?.()
    await one.cleanup?.()
    expect(textOf(await under)).toBe('yes')
    expect(textOf(await one.callApi('Say yes.'))).toBe('yes')
    await Promise.all([one.cleanup?.(), two.cleanup?.()])
  })
})
