import type { Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { ask, bedrock, MODEL, type Metadata } from './asked.ts'
import {
  chunk,
  errorResponse,
  framesOf,
  headOf,
  LAST_CHUNK,
  recorded,
  replay,
  serve,
  type WireServer,
} from './wire-server.ts'

const FRAMES = framesOf('converse-stream')
const HEAD = headOf('converse-stream')

/** Head and the first frames, up to the second piece of text. */
function begin(socket: Socket): void {
  socket.write(Buffer.concat([HEAD, ...FRAMES.slice(0, 4).map(chunk)]))
}

async function failureOf(
  server: WireServer,
  config: Record<string, unknown> = {},
): Promise<NonNullable<Metadata['failure']> & { metadata: Metadata }> {
  const { output, error, metadata } = await ask(server, config)
  expect(output).toBeUndefined()
  expect(error).toBe(metadata.failure?.message)
  return { ...metadata.failure, metadata }
}

describe('an error of Bedrock’s', () => {
  it('is typed from recorded bytes, with a hint', async () => {
    await using server = await replay('error-validation')
    const { metadata, ...failure } = await failureOf(server)
    expect(failure).toEqual({
      kind: 'invalid',
      status: 400,
      message:
        'ValidationException: The provided model identifier is invalid. (is the model served in us-east-1, and may these credentials use it (bedrock:InvokeModel, model access)?)',
    })
    expect(metadata).toMatchObject({ requestId: '2b74a5d3-615a-4f81-b00f-f0b10a618e23', status: 400 })
    expect(metadata.billing).toEqual({ vendor: 'aws', model: MODEL })
    expect(metadata.usage).toBeUndefined()
  })

  it.each([
    [
      403,
      'AccessDeniedException',
      "You don't have access to the model with the specified model ID.",
      'auth',
      /model access/,
    ],
    [
      403,
      'ExpiredTokenException',
      'The security token included in the request is expired',
      'auth',
      /get new ones/,
    ],
    [
      403,
      'AccessDeniedException',
      'Bearer Token has expired',
      'auth',
      /\(the credentials have run out: get new ones\)$/,
    ],
    [
      403,
      'InvalidSignatureException',
      'Signature expired: 20261126T050000Z is now earlier than 20261126T055500Z (20261126T060000Z - 5 min.)',
      'auth',
      /min\.\) \(is the clock of this machine right\?\)$/,
    ],
    [
      403,
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
      'auth',
      /invalid\.$/,
    ],
    [
      403,
      'InvalidSignatureException',
      "The request signature we calculated does not match\n\nThe Canonical String for this request should have been\n'POST\nx-amz-security-token:IQo'",
      'auth',
      // Not what AWS read, which has a token in it.
      /match$/,
    ],
    [
      404,
      'ResourceNotFoundException',
      'This model version has reached the end of its life.',
      'invalid',
      /later model/,
    ],
    [
      400,
      'ValidationException',
      'Invocation of model ID x with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.',
      'invalid',
      /us\.anthropic\.claude-sonnet/,
    ],
    [400, 'ValidationException', 'Input is too long for requested model.', 'invalid', /model\.$/],
    [
      400,
      'ServiceQuotaExceededException',
      'Your request exceeds the service quota for your account.',
      'invalid',
      /account\.$/,
    ],
    [
      429,
      'ThrottlingException',
      'Too many requests, please wait before trying again.',
      'throttled',
      /again\.$/,
    ],
    [429, 'ModelNotReadyException', 'Model is not ready for inference.', 'unavailable', /inference\.$/],
    [408, 'ModelTimeoutException', 'Model has timed out in processing the request.', 'timeout', /request\.$/],
    [424, 'ModelErrorException', 'The model returned an error.', 'unavailable', /error\.$/],
    [500, 'InternalServerException', 'Something went wrong.', 'unavailable', /wrong\.$/],
    [
      503,
      'ServiceUnavailableException',
      'Bedrock is unable to process your request.',
      'unavailable',
      /request\.$/,
    ],
  ] as const)('%i %s is typed: %s', async (status, type, message, kind, ending) => {
    for (const api of ['converse-stream', 'converse', 'invoke', 'invoke-stream']) {
      await using server = await serve((socket) => socket.write(errorResponse(status, type, message)))
      const failure = await failureOf(server, { api })
      expect([failure.kind, failure.status]).toEqual([kind, status])
      expect(failure.message).toMatch(ending)
      expect(failure.message).toMatch(new RegExp(`^${type}: `))
      // Trying again is not done here.
      expect(server.requests).toHaveLength(1)
    }
  })

  it('says how long to wait', async () => {
    await using server = await serve((socket) =>
      socket.write(errorResponse(429, 'ThrottlingException', 'slow down', ['Retry-After: 7'])),
    )
    expect(await failureOf(server)).toMatchObject({ kind: 'throttled', retryAfterMs: 7000 })
  })

  it('may be a page of a proxy’s', async () => {
    const page =
      'HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 15\r\n\r\n<h1>Proxy</h1>\n'
    await using server = await serve((socket) => socket.write(page))
    expect(await failureOf(server)).toMatchObject({ kind: 'unavailable', status: 502 })
  })
})

describe('an exception in the midst of a stream', () => {
  it.each([
    [0, 'InternalServerException', 'unavailable'],
    [1, 'ModelStreamErrorException', 'unavailable'],
    [2, 'ThrottlingException', 'throttled'],
    [3, 'ValidationException', 'invalid'],
    [4, 'ServiceUnavailableException', 'unavailable'],
    [6, 'InternalFailure', 'unavailable'],
  ])('is typed, though it has no status: %i %s', async (index, _name, kind) => {
    const exception = framesOf('exceptions')[index] ?? Buffer.alloc(0)
    await using server = await serve((socket) => {
      begin(socket)
      socket.write(Buffer.concat([chunk(exception), LAST_CHUNK]))
    })
    const failure = await failureOf(server)
    expect([failure.kind, failure.status]).toEqual([kind, undefined])
    // What was said until then was made, and is billed.
    expect(failure.metadata.usage).toEqual({ input: 8, output: 10, estimated: true })
    expect(failure.metadata.timing?.ttftMs).toEqual(expect.any(Number))
  })

  it.each([
    [5, 'timeout'],
    [2, 'throttled'],
  ])('is typed in a stream of InvokeModel’s: %i %s', async (index, kind) => {
    const exception = framesOf('exceptions')[index] ?? Buffer.alloc(0)
    await using server = await serve((socket) =>
      socket.write(Buffer.concat([headOf('invoke-stream'), chunk(exception), LAST_CHUNK])),
    )
    expect((await failureOf(server, { api: 'invoke-stream' })).kind).toBe(kind)
  })

  it('may be an event of Anthropic’s', async () => {
    await using server = await replay('invoke-stream-error')
    expect(await failureOf(server, { api: 'invoke-stream' })).toMatchObject({
      kind: 'unavailable',
      message: 'Overloaded',
    })
  })
})

describe('a reply that does not come whole', () => {
  it.each<[string, (socket: Socket) => unknown]>([
    ['the connection is reset before the answer', (socket) => socket.resetAndDestroy()],
    ['it is closed before the answer', (socket) => socket.destroy()],
    ['it is closed after the head', (socket) => socket.end(HEAD)],
    [
      'it is reset in the stream',
      (socket) => {
        begin(socket)
        setTimeout(() => socket.resetAndDestroy(), 20)
      },
    ],
    [
      'it is cut within a frame',
      (socket) => {
        begin(socket)
        const half = FRAMES[4]?.subarray(0, 30) ?? Buffer.alloc(0)
        socket.write(chunk(half), () => socket.destroy())
      },
    ],
    [
      'the stream ends within a frame, and HTTP says it is whole',
      (socket) => {
        begin(socket)
        socket.write(Buffer.concat([chunk(FRAMES[4]?.subarray(0, 30) ?? Buffer.alloc(0)), LAST_CHUNK]))
      },
    ],
    [
      'the stream ends before the reply does',
      (socket) => {
        begin(socket)
        socket.write(LAST_CHUNK)
      },
    ],
    [
      'a frame has another checksum than it says',
      (socket) => {
        const bad = Buffer.from(FRAMES[4] ?? Buffer.alloc(0))
        bad[bad.length - 10] = (bad[bad.length - 10] ?? 0) ^ 0xff
        begin(socket)
        socket.write(Buffer.concat([chunk(bad), LAST_CHUNK]))
      },
    ],
    [
      'the length of a frame is not what its prelude was checked for',
      (socket) => {
        const bad = Buffer.from(FRAMES[4] ?? Buffer.alloc(0))
        bad[7] = (bad[7] ?? 0) ^ 0x01
        begin(socket)
        socket.write(Buffer.concat([chunk(bad), LAST_CHUNK]))
      },
    ],
  ])('is unavailable: %s', async (_how, answer) => {
    await using server = await serve(answer)
    const failure = await failureOf(server)
    expect([failure.kind, failure.status]).toEqual(['unavailable', undefined])
    expect(failure.message).not.toMatch(/Deserialization error|hidden field/)
  })

  it('is unavailable where a whole reply of Converse stops in its body', async () => {
    await using server = await serve((socket) => socket.end(recorded('converse').subarray(0, -20)))
    expect((await failureOf(server, { api: 'converse' })).kind).toBe('unavailable')
  })

  it.each(['converse', 'invoke'])('is final where it came whole and is no JSON, by %s', async (api) => {
    const broken = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{"output":'
    await using server = await serve((socket) => socket.write(broken))
    expect((await failureOf(server, { api })).kind).toBe('invalid')
  })

  it.each(['converse', 'invoke'])('is final where it is JSON of somebody else’s, by %s', async (api) => {
    const other =
      'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n{"status":"ok"}'
    await using server = await serve((socket) => socket.write(other))
    expect(await failureOf(server, { api })).toMatchObject({
      kind: 'invalid',
      message: expect.stringMatching(/no stop reason/) as unknown,
    })
  })

  it.each(['converse-stream', 'invoke-stream'])(
    'is final where the page of a proxy stands in the place of a stream, by %s',
    async (api) => {
      const page = '<!DOCTYPE html><title>Log in to this network</title>'
      const head = `HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: ${page.length}\r\n\r\n`
      await using server = await serve((socket) => socket.write(`${head}${page}`))
      expect(await failureOf(server, { api })).toMatchObject({
        kind: 'invalid',
        message: expect.stringMatching(/`text\/html; charset=utf-8`, and not an event stream/) as unknown,
      })
    },
  )

  it('is read whole however the network cuts it up', async () => {
    const bytes = recorded('converse-stream')
    await using server = await serve(async (socket) => {
      socket.setNoDelay(true)
      for (let at = 0; at < bytes.length; at += 97) {
        socket.write(bytes.subarray(at, at + 97))
        await wait(0)
      }
    })
    expect((await ask(server)).output).toBe('It is positive — très bien.')
  })
})

describe('time that runs out', () => {
  it.each<[string, (socket: Socket) => void, RegExp]>([
    ['before the answer', () => {}, /^no reply within 80 ms$/],
    ['in the stream', begin, /^no end of the reply within 80 ms$/],
  ])('is a timeout: %s', async (_when, answer, message) => {
    await using server = await serve(answer)
    const failure = await failureOf(server, { timeoutMs: 80 })
    expect(failure.kind).toBe('timeout')
    expect(failure.message).toMatch(message)
    // The connection is not left waiting.
    await expect.poll(() => server.connections.open.size).toBe(0)
  })
})

describe('a call that is aborted', () => {
  it.each<[string, (socket: Socket) => void]>([
    ['before the answer', () => {}],
    ['in the stream, where the lost connection is our own doing', begin],
  ])('is told so: %s', async (_when, answer) => {
    const abort = new AbortController()
    await using server = await serve((socket) => {
      answer(socket)
      setTimeout(() => abort.abort(), 40)
    })
    const { metadata } = await bedrock(server).callApi('x', undefined, { abortSignal: abort.signal })
    expect(metadata?.['failure']).toEqual({ kind: 'aborted', message: 'the call was aborted' })
    await expect.poll(() => server.connections.open.size).toBe(0)
  })

  it('makes no request where it was aborted before', async () => {
    await using server = await replay('converse-stream')
    const { metadata } = await bedrock(server).callApi('x', undefined, { abortSignal: AbortSignal.abort() })
    expect((metadata as Metadata).failure?.kind).toBe('aborted')
    expect(server.requests).toHaveLength(0)
  })
})

it('is unavailable where nobody listens', async () => {
  const server = await replay('converse-stream')
  await server[Symbol.asyncDispose]()
  expect((await failureOf(server)).kind).toBe('unavailable')
})
