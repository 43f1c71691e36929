import { getEventListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { ask, failureOf, held, scripted, textOf } from './provider-calls.ts'
import { make, MODES, SIMULATED, WIRE_MODES } from './provider-modes.ts'

const vendor = scripted()

/** Enough for a client to have read what there is of a reply; nothing depends on it. */
const READ_MS = 15

describe.each(WIRE_MODES)('$name', (mode) => {
  it.each([
    { what: 'before a word of the reply', when: 'before' },
    { what: 'in the midst of a reply', when: 'mid-stream' },
  ] as const)(
    'a call that is aborted $what is of kind aborted, and its connection goes',
    async ({ when }) => {
      const abort = new AbortController()
      const arrived = vendor.play({ do: 'hang', when })
      const asked = ask(vendor, mode, { signal: abort.signal })
      await arrived
      await sleep(READ_MS)
      abort.abort(new Error('enough'))
      const failure = failureOf(await asked)
      expect(failure.kind).toBe('aborted')
      expect(failure.status).toBeUndefined()
      // It answers nothing more: only a connection that goes ends such a call.
      await expect.poll(() => vendor.server.stats().inFlight).toBe(0)
      expect(getEventListeners(abort.signal, 'abort')).toEqual([])
    },
  )

  it('a call that was aborted before it began is not made', async () => {
    const response = await ask(vendor, mode, { signal: AbortSignal.abort(), requests: 0 })
    expect(failureOf(response).kind).toBe('aborted')
    expect(response.metadata.usage).toBeUndefined()
  })

  it('an abort that comes after the reply changes nothing, and leaves no listener', async () => {
    const abort = new AbortController()
    void vendor.play({ do: 'text', text: 'yes' })
    const response = await ask(vendor, mode, { signal: abort.signal })
    expect(getEventListeners(abort.signal, 'abort')).toEqual([])
    abort.abort()
    await sleep(1)
    expect(textOf(response)).toBe('yes')
  })

  it('the next call after one that ran out of time, and one that was aborted, is answered', async () => {
    void vendor.play(({ prompt }) =>
      prompt === 'hang' ? { do: 'hang', when: 'mid-stream' } : { do: 'text', text: 'yes' },
    )
    const provider = make(mode, mode.config(vendor.server.url))
    const prompt = { raw: 'hang', label: 'p', config: { timeoutMs: 20 } }
    const timedOut = held(await provider.callApi('hang', { vars: {}, prompt }))
    const signal = AbortSignal.timeout(20)
    const aborted = held(await provider.callApi('hang', undefined, { abortSignal: signal }))
    const answered = held(await provider.callApi('Say yes.'))
    await provider.cleanup?.()
    expect([timedOut, aborted].map((response) => failureOf(response).kind)).toEqual(['timeout', 'aborted'])
    expect(textOf(answered)).toBe('yes')
  })
})

describe('simulated', () => {
  it('a call that is aborted is of kind aborted', async () => {
    const provider = make(SIMULATED, { timeScale: 10_000 })
    const signal = AbortSignal.timeout(10)
    const response = held(await provider.callApi('Say yes.', undefined, { abortSignal: signal }))
    expect(failureOf(response).kind).toBe('aborted')
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })
})

it('every file has been asked', () => {
  expect(new Set(MODES.map(({ file }) => file))).toEqual(
    new Set([...WIRE_MODES.map(({ file }) => file), SIMULATED.file]),
  )
})
