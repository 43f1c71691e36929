import { describe, expect, it } from 'vitest'
import { HarnessError } from '../../../../harness/model/errors.ts'
import { cassetteLine, parseHead, parseReply } from '../../../../harness/record/cassette/line.ts'
import { keyNamed, makeCall } from './make-journal.ts'

const HEAD = { case: 'c1', repeat: 1, attempt: 0, key: keyNamed('k') }
const AT = { file: 'cassette/a.jsonl', line: 7 }

describe('a line of a cassette', () => {
  it('holds what a replay needs, in a fixed order, with whole milliseconds', () => {
    expect(cassetteLine(HEAD, makeCall('x', 'k'))).toBe(
      `{"v":1,"case":"c1","repeat":1,"attempt":0,"key":"${HEAD.key}",` +
        '"reply":{"output":"reply to x","finishReason":"stop","metadata":{"region":"eu"},"logProbs":[-0.1]},' +
        '"usage":{"input":12,"output":3,"cacheRead":0},"costUsd":0.0001,"latencyMs":121,"ttftMs":40}',
    )
  })

  it('is read back as it was written', () => {
    const text = cassetteLine(HEAD, makeCall('x', 'k'))
    expect(parseHead(text, AT)).toEqual(HEAD)
    expect(parseReply(text)).toEqual({
      reply: { output: 'reply to x', finishReason: 'stop', metadata: { region: 'eu' }, logProbs: [-0.1] },
      timing: { queuedMs: 0, backoffMs: 0, latencyMs: 121, ttftMs: 40, trusted: true },
      usage: { input: 12, output: 3, cacheRead: 0 },
      costUsd: 0.0001,
    })
  })

  it('leaves out what is new with every call and whose account it was, at any depth', () => {
    const call = makeCall('x', 'k')
    const metadata = {
      requestId: 'req_1',
      timing: { ttftMs: 1.5 },
      http: {
        status: 200,
        headers: { 'x-amzn-RequestId': '1', 'cf-ray': '2', date: 'now', 'content-type': 'json' },
      },
      accountId: '123456789012',
      kept: [{ 'x-request-id': 'a', tool: 'search' }],
    }
    const reply = {
      output: 'o',
      metadata,
      extra: { raw: { organization_id: 'org', id: 'm', trace_id: 't' } },
    }
    const text = cassetteLine(HEAD, { ...call, result: { ...call.result, reply } })
    expect(parseReply(text).reply).toEqual({
      output: 'o',
      metadata: { http: { status: 200, headers: { 'content-type': 'json' } }, kept: [{ tool: 'search' }] },
      extra: { raw: { id: 'm' } },
    })
  })

  it.each([
    ['<<<<<<< HEAD', 'the cassette is damaged'],
    ['{"v":1,"case":"c1"', 'the cassette is damaged'],
    ['null', 'format version 1'],
    ['{"v":2}', 'format version 1'],
    [
      '{"v":1,"case":"c","repeat":0.5,"attempt":0,"key":"k","reply":{"output":1},"costUsd":0,"latencyMs":1}',
      'format',
    ],
    ['{"v":1,"case":"c","repeat":0,"attempt":0,"key":"k","reply":{},"costUsd":0,"latencyMs":1}', 'format'],
  ])('is refused at its place when it is damaged: %s', (text, message) => {
    const read = () => parseHead(text, AT)
    expect(read).toThrow(HarnessError)
    expect(read).toThrow(
      expect.objectContaining({ at: AT, exitCode: 2, message: expect.stringContaining(message) }),
    )
  })
})
