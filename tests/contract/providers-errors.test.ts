import { describe, expect, it } from 'vitest'
import type { FailureKind } from '../../harness/model/failure.ts'
import type { ProtocolName } from '../../providers/simulated/server/step.ts'
import { ask, failureOf, scripted } from './provider-calls.ts'
import { WIRE_MODES } from './provider-modes.ts'

const vendor = scripted()

const STATUSES: readonly { status: number; what: string; kind: FailureKind }[] = [
  { status: 400, what: 'what is asked for is not valid', kind: 'invalid' },
  { status: 403, what: 'the model is not served here, or not to this account', kind: 'auth' },
  { status: 404, what: 'there is no such model', kind: 'invalid' },
  { status: 429, what: 'too much is asked', kind: 'throttled' },
  { status: 500, what: 'the server erred', kind: 'unavailable' },
  { status: 502, what: 'the server behind it is gone', kind: 'unavailable' },
  { status: 503, what: 'there is no capacity', kind: 'unavailable' },
  { status: 529, what: 'it is overloaded', kind: 'unavailable' },
]

const UNKNOWN: Readonly<Record<ProtocolName, string>> = {
  bedrock: 'us.anthropic.no-such-claude-v1:0',
  gemini: 'no-such-model',
  openai: 'no-such-model',
  anthropic: 'no-such-model',
}

describe.each(WIRE_MODES)('$name', (mode) => {
  it.each(STATUSES)('a $status, as $what, is of kind $kind', async ({ status, kind }) => {
    void vendor.play({ do: 'status', status })
    const failure = failureOf(await ask(vendor, mode))
    expect(failure).toMatchObject({ kind, status })
    expect(failure.retryAfterMs).toBeUndefined()
  })

  it('a 429 that asks for a wait tells how long', async () => {
    void vendor.play({ do: 'status', status: 429, retryAfter: 7 })
    expect(failureOf(await ask(vendor, mode))).toMatchObject({
      kind: 'throttled',
      status: 429,
      retryAfterMs: 7000,
    })
  })

  it('a wait until a certain time is told in milliseconds from the response', async () => {
    void vendor.play({ do: 'status', status: 503, retryAfter: { date: 30 } })
    const { kind, retryAfterMs = 0 } = failureOf(await ask(vendor, mode))
    expect(kind).toBe('unavailable')
    // Dates have whole seconds.
    expect(Math.abs(retryAfterMs - 30_000)).toBeLessThanOrEqual(1000)
  })

  it('a model that nobody knows is a failure of kind invalid, in the words of the server', async () => {
    const failure = failureOf(await ask(vendor, mode, { model: UNKNOWN[mode.protocol] }))
    expect(failure).toMatchObject({ kind: 'invalid', status: 404 })
    expect(failure.message).toMatch(/model/)
  })

  it.each([
    { what: 'JSON that breaks off', step: { do: 'garbage', status: 500 }, kind: 'unavailable' },
    { what: 'the page of a proxy', step: { do: 'page', status: 502 }, kind: 'unavailable' },
    { what: 'the page of a firewall', step: { do: 'page', status: 403 }, kind: 'auth' },
  ] as const)('an error in $what is known by its status', async ({ step, kind }) => {
    void vendor.play(step)
    expect(failureOf(await ask(vendor, mode))).toMatchObject({ kind, status: step.status })
  })
})
