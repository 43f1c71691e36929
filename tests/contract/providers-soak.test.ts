import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { getEventListeners } from 'node:events'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { scripted, textOf } from './provider-calls.ts'
import { make, SIMULATED, WIRE_MODES } from './provider-modes.ts'

const vendor = scripted()

const warnings: Error[] = []
const onWarning = (warning: Error): void => void warnings.push(warning)
/** Connections that any server in this process was asked over. */
const sockets = new Set<unknown>()
const onRequest = (request: unknown): void => void sockets.add((request as { socket: unknown }).socket)
beforeEach(() => {
  warnings.length = 0
  sockets.clear()
  process.on('warning', onWarning)
  subscribe('http.server.request.start', onRequest)
})
afterEach(() => {
  process.off('warning', onWarning)
  unsubscribe('http.server.request.start', onRequest)
})

/** Ollama is asked as every server is that speaks like OpenAI's. */
const SOAKED = WIRE_MODES.filter(({ name }) => !name.includes('ollama'))

describe.each(SOAKED)('$name', (mode) => {
  it('a thousand calls one after the other take a connection or two, and leave nothing behind', async () => {
    const { server } = vendor
    void vendor.play({ do: 'text', text: 'yes' })
    const provider = make(mode, mode.config(server.url))
    const { signal } = new AbortController()
    const { calls: before, connections: idle } = server.stats()
    for (let n = 0; n < 1000; n++) {
      const { output, error } = await provider.callApi('Say yes.', undefined, { abortSignal: signal })
      if (output !== 'yes') throw new Error(`call ${n}: ${error}`)
    }
    expect(server.stats().calls - before).toBe(1000)
    expect(sockets.size).toBeLessThanOrEqual(2)
    expect(getEventListeners(signal, 'abort')).toEqual([])
    await provider.cleanup?.()
    if (provider.cleanup !== undefined) await expect.poll(() => server.stats().connections).toBe(idle)
    expect(warnings).toEqual([])
  })
})

describe('simulated', () => {
  it('a thousand calls one after the other leave nothing behind', async () => {
    const provider = make(SIMULATED, SIMULATED.config(''))
    const { signal } = new AbortController()
    for (let n = 0; n < 1000; n++) {
      const response = await provider.callApi('Say yes.', undefined, { abortSignal: signal })
      expect(textOf(response)).not.toBe('')
    }
    expect(getEventListeners(signal, 'abort')).toEqual([])
    expect(warnings).toEqual([])
  })
})
