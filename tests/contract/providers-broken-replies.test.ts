import { describe, expect, it } from 'vitest'
import type { FailureKind } from '../../harness/model/failure.ts'
import type { ProtocolName, Step } from '../../providers/simulated/server/step.ts'
import { ask, failureOf, scripted } from './provider-calls.ts'
import { WIRE_MODES } from './provider-modes.ts'

const vendor = scripted()

const TIMEOUT_MS = 60

const LOST: readonly { what: string; step: Step }[] = [
  { what: 'before a word', step: { do: 'reset', when: 'before' } },
  { what: 'after its headers', step: { do: 'reset', when: 'headers' } },
  { what: 'between two events', step: { do: 'reset', when: 'mid-stream' } },
  { what: 'within an event', step: { do: 'reset', when: 'mid-frame' } },
]

/** What the vendors send in the midst of a stream. */
const EXCEPTIONS: Readonly<Record<ProtocolName, readonly { name: string; kind: FailureKind }[]>> = {
  bedrock: [
    { name: 'throttlingException', kind: 'throttled' },
    { name: 'modelStreamErrorException', kind: 'unavailable' },
    { name: 'internalServerException', kind: 'unavailable' },
    { name: 'serviceUnavailableException', kind: 'unavailable' },
    { name: 'validationException', kind: 'invalid' },
  ],
  gemini: [
    { name: 'RESOURCE_EXHAUSTED', kind: 'throttled' },
    { name: 'UNAVAILABLE', kind: 'unavailable' },
  ],
  openai: [
    { name: 'rate_limit_exceeded', kind: 'throttled' },
    { name: 'server_error', kind: 'unavailable' },
  ],
  anthropic: [
    { name: 'rate_limit_error', kind: 'throttled' },
    { name: 'overloaded_error', kind: 'unavailable' },
    { name: 'api_error', kind: 'unavailable' },
  ],
}

describe.each(WIRE_MODES)('$name', (mode) => {
  it.each(LOST)('a connection that is lost $what is unavailable', async ({ step }) => {
    void vendor.play(step)
    const failure = failureOf(await ask(vendor, mode))
    expect(failure.kind).toBe('unavailable')
    // A reply that began with a 200 has not failed by its status.
    expect(failure.status).toBeUndefined()
  })

  it.each([
    { what: 'nothing comes at all', when: 'before' },
    { what: 'a reply comes to a standstill', when: 'mid-stream' },
  ] as const)('where $what, the call times out, and the server is not kept', async ({ when }) => {
    void vendor.play({ do: 'hang', when })
    const failure = failureOf(await ask(vendor, mode, { config: { timeoutMs: TIMEOUT_MS } }))
    expect(failure.kind).toBe('timeout')
    expect(failure.message).toContain(`${TIMEOUT_MS} ms`)
    await expect.poll(() => vendor.server.stats().inFlight).toBe(0)
  })

  it('the page of a proxy in the place of a reply is none', async () => {
    void vendor.play({ do: 'page' })
    expect(failureOf(await ask(vendor, mode)).kind).toBe('invalid')
  })
})

describe.each(WIRE_MODES.filter(({ isStreamed }) => isStreamed))('$name', (mode) => {
  it.each([
    { what: 'between two events', when: 'mid-stream' },
    { what: 'within an event', when: 'mid-frame' },
  ] as const)('a stream that ends $what, in good order for HTTP, is unavailable', async ({ when }) => {
    void vendor.play({ do: 'cut', when })
    expect(failureOf(await ask(vendor, mode)).kind).toBe('unavailable')
  })

  it.each(EXCEPTIONS[mode.protocol])(
    'a stream that ends with $name is of kind $kind',
    async ({ name, kind }) => {
      void vendor.play({ do: 'exception', name, message: 'It went wrong.' })
      const failure = failureOf(await ask(vendor, mode))
      expect(failure.kind).toBe(kind)
      expect(failure.message).toContain('It went wrong.')
    },
  )

  it('a reply that was cut has its latency, and no more than it', async () => {
    void vendor.play({ do: 'reset', when: 'mid-stream' })
    const { metadata } = await ask(vendor, mode)
    expect(metadata.timing?.latencyMs).toBeGreaterThan(0)
  })
})

describe.each(WIRE_MODES.filter(({ isStreamed }) => !isStreamed))('$name', (mode) => {
  it('a body that breaks off, and is whole for HTTP, is invalid: it was paid for', async () => {
    void vendor.play({ do: 'cut', when: 'mid-stream' })
    expect(failureOf(await ask(vendor, mode)).kind).toBe('invalid')
  })
})

describe.each(WIRE_MODES.filter(({ isFramed }) => isFramed))('$name', (mode) => {
  it('a frame with a wrong checksum is unavailable', async () => {
    void vendor.play({ do: 'crc' })
    expect(failureOf(await ask(vendor, mode)).kind).toBe('unavailable')
  })
})
