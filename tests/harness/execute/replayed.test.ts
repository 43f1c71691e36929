import { describe, expect, it } from 'vitest'
import type { CallModel, CallResult, ModelRequest, WrapCall } from '../../../harness/execute/call.ts'
import type { Tape } from '../../../harness/execute/replayed.ts'
import { replayed } from '../../../harness/execute/replayed.ts'
import { keyOf, keysOf } from '../../../harness/execute/request-keys.ts'
import type { RecordedReply, ReplySource } from '../../../harness/record/cassette/reply-source.ts'
import { makeRedactor } from '../../../harness/record/redact.ts'
import { makeRequest } from './make-request.ts'

const redact = makeRedactor({})

function recordedReply(output: string, over: Partial<RecordedReply> = {}): RecordedReply {
  return {
    reply: { output },
    timing: { queuedMs: 7, backoffMs: 8, latencyMs: 120, ttftMs: 30, trusted: false },
    usage: { input: 12, output: 3 },
    costUsd: 0.01,
    ...over,
  }
}

function sourceOf(replies: Readonly<Record<string, RecordedReply>>, serves = true): ReplySource {
  return { isEmpty: false, serves: () => serves, find: (key) => replies[key] }
}

/** A chain of which the calls made and the calls put on record are seen. */
function chain(
  tape: Partial<Tape>,
  record?: WrapCall,
): { call: CallModel; made: ModelRequest[]; written: ModelRequest[] } {
  const made: ModelRequest[] = []
  const written: ModelRequest[] = []
  const next: CallModel = (request) => {
    made.push(request)
    const attempt = { ...recordedReply('fresh'), request: { prompt: request.prompt } }
    return Promise.resolve({ attempt, earlier: [] })
  }
  const write: WrapCall = (inner) => (request) => {
    written.push(request)
    return inner(request)
  }
  const whole = { sources: [], redact, remember: () => {}, ...tape }
  return { call: replayed(whole, record ?? write)(next), made, written }
}

function keys(request: ModelRequest): { plain: string; withVars: string } {
  const { plain = '', withVars = '' } = keysOf(request, redact) ?? {}
  return { plain, withVars }
}

function outputOf(result: CallResult): unknown {
  return 'attempt' in result ? result.attempt.reply?.output : result
}

describe('replayed', () => {
  const request = makeRequest()

  it('hands on what is not recorded, with the keys it is to be recorded under', async () => {
    const { call, made, written } = chain({ sources: [sourceOf({})] })
    expect(outputOf(await call(request))).toBe('fresh')
    expect(made.map((one) => keyOf(one))).toEqual([keys(request).plain])
    expect(written).toEqual([])
  })

  it('answers without a call, as from a cache, with what it took and cost then', async () => {
    const { call, made, written } = chain({
      sources: [sourceOf({ [keys(request).plain]: recordedReply('then') })],
    })
    expect(await call(request)).toEqual({
      replayed: true,
      earlier: [],
      attempt: {
        request: { prompt: request.prompt },
        reply: { output: 'then', cached: true },
        timing: { queuedMs: 0, backoffMs: 0, latencyMs: 120, ttftMs: 30, trusted: true },
        usage: { input: 12, output: 3 },
        costUsd: 0.01,
      },
    })
    expect(made).toEqual([])
    expect(written.map((one) => keyOf(one))).toEqual([keys(request).plain])
  })

  it('leaves no latency in the reply that a check could take for measured', async () => {
    const reply = { output: 'o', extra: { latencyMs: 5, raw: 'kept' } }
    const { call } = chain({ sources: [sourceOf({ [keys(request).plain]: recordedReply('o', { reply }) })] })
    const result = await call(request)
    expect('attempt' in result && result.attempt.reply).toEqual({
      output: 'o',
      cached: true,
      extra: { raw: 'kept' },
    })
  })

  it('finds the reply of a provider that looked at the vars, for the same vars only, under the key of the vars', async () => {
    const { call, made, written } = chain({
      sources: [sourceOf({ [keys(request).withVars]: recordedReply('then') })],
    })
    expect(outputOf(await call(makeRequest({ readVars: () => true })))).toBe('then')
    expect(written.map((one) => keyOf(one))).toEqual([keys(request).withVars])
    expect(outputOf(await call(makeRequest({ shape: { vars: { text: 'else' } } })))).toBe('fresh')
    expect(made).toHaveLength(1)
  })

  it('asks the sources in their order, and not those that do not serve the request', async () => {
    const { plain } = keys(request)
    const [first, second] = ['first', 'second'].map((output) => ({ [plain]: recordedReply(output) }))
    expect(
      outputOf(await chain({ sources: [sourceOf(first ?? {}), sourceOf(second ?? {})] }).call(request)),
    ).toBe('first')
    expect(
      outputOf(
        await chain({ sources: [sourceOf(first ?? {}, false), sourceOf(second ?? {})] }).call(request),
      ),
    ).toBe('second')
  })

  it('makes no call when only recorded replies are wanted, and says what is missing', async () => {
    const { call, made, written } = chain({ sources: [sourceOf({})], explainMiss: () => 'not there' })
    expect(await call(request)).toMatchObject({
      replayed: true,
      attempt: { failure: { kind: 'unrecorded', message: 'not there' }, costUsd: 0 },
    })
    const unknown = makeRequest({ shape: { provider: '' } })
    expect(await call(unknown)).toMatchObject({ attempt: { failure: { kind: 'unrecorded' } } })
    expect(made).toEqual([])
    expect(written.map((one) => keyOf(one))).toEqual([undefined, undefined])
  })

  it('neither looks up nor names a request whose provider nobody can tell', async () => {
    const { call, made } = chain({ sources: [{ ...sourceOf({}), find: () => recordedReply('wrong') }] })
    expect(outputOf(await call(makeRequest({ shape: { provider: '' } })))).toBe('fresh')
    expect(made.map((one) => keyOf(one))).toEqual([undefined])
  })

  it('asks anew what is asked for no cell, and never records it', async () => {
    const { call, made } = chain({ sources: [{ ...sourceOf({}), find: () => recordedReply('then') }] })
    expect(outputOf(await call(makeRequest({ role: 'grader', cellId: '' })))).toBe('fresh')
    expect(made.map((one) => keyOf(one))).toEqual([undefined])
  })

  it('answers even when the disk refuses the record: the trial’s own line tells', async () => {
    const { call } = chain(
      { sources: [sourceOf({ [keys(request).plain]: recordedReply('then') })] },
      () => () => Promise.reject(new Error('disk full')),
    )
    expect(outputOf(await call(request))).toBe('then')
  })
})
