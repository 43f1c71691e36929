import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  retryAfterInText,
  retryAfterOf,
  retryAfterTold,
} from '../../../../harness/model/failures/retry-after.ts'

const NOON = 'Fri, 20 Nov 2026 12:00:00 GMT'
const wallClock = () => new Date(NOON)

describe('Retry-After', () => {
  it.each([
    ['seconds', { 'retry-after': '7' }, 7000],
    ['none', { 'retry-after': '0' }, 0],
    ['a fraction, as some servers write', { 'retry-after': '0.5' }, 500],
    ['a number, not a text', { 'retry-after': 7 }, 7000],
    ['any case', { 'Retry-After': ' 7 ' }, 7000],
    ['the first of several', { 'retry-after': ['7', '9'] }, 7000],
    ["fetch's headers", new Headers({ 'Retry-After': '7' }), 7000],
    ['a map', new Map([['retry-after', '7']]), 7000],
    ['milliseconds', { 'retry-after-ms': '250' }, 250],
    ["Azure's milliseconds", { 'x-ms-retry-after-ms': '250' }, 250],
    ['milliseconds before seconds', { 'retry-after': '7', 'retry-after-ms': '250' }, 250],
    ['seconds where the milliseconds mean nothing', { 'retry-after': '7', 'retry-after-ms': 'soon' }, 7000],
  ])('is read: %s', (_what, headers, ms) => {
    expect(retryAfterOf(headers)).toBe(ms)
  })

  it.each([
    ['a date', 'Fri, 20 Nov 2026 12:00:30 GMT'],
    ['a date of RFC 850', 'Friday, 20-Nov-26 12:00:30 GMT'],
    ['a date of asctime, which names no zone', 'Fri Nov 20 12:00:30 2026'],
  ])('may be %s', (_what, date) => {
    expect(retryAfterOf({ 'retry-after': date }, wallClock)).toBe(30_000)
  })

  it("counts a date from the response's own, whatever the clock here says", () => {
    const headers = { 'Retry-After': 'Tue, 01 Jan 2030 00:00:05 GMT', Date: 'Tue, 01 Jan 2030 00:00:00 GMT' }
    expect(retryAfterOf(headers, wallClock)).toBe(5000)
    expect(retryAfterOf(headers)).toBe(5000)
  })

  it('is no wait for a date gone by', () => {
    expect(retryAfterOf({ 'retry-after': 'Fri, 20 Nov 2026 11:59:00 GMT' }, wallClock)).toBe(0)
  })

  it.each([
    '',
    '-5',
    'soon',
    '1e3',
    '0x10',
    '5 seconds',
    'NaN',
    'tomorrow 5',
    'Fri, 99 Nov 2026 99:99:99 GMT',
  ])('is nothing when it is %j', (value) =>
    expect(retryAfterOf({ 'retry-after': value }, wallClock)).toBeUndefined(),
  )

  it('is nothing for a date where no clock is known', () => {
    expect(retryAfterOf({ 'retry-after': NOON })).toBeUndefined()
  })

  it.each([undefined, null, 'retry-after: 7', 7, [], {}, { 'retry-after': null }, { 'retry-after': {} }])(
    'is nothing in headers that are %j',
    (headers) => expect(retryAfterOf(headers, wallClock)).toBeUndefined(),
  )

  it('is never negative and never NaN, whatever a server sends', () => {
    const value = fc.oneof(
      fc.string(),
      fc.double(),
      fc.integer(),
      fc.date({ noInvalidDate: true }).map((date) => date.toUTCString()),
    )
    fc.assert(
      fc.property(value, value, (retryAfter, date) => {
        const ms = retryAfterOf({ 'retry-after': retryAfter, date }, wallClock)
        expect(ms === undefined || ms >= 0).toBe(true)
      }),
      { seed: 1 },
    )
  })
})

describe('a wait in the text of an error', () => {
  it.each([
    ['Rate limit reached for gpt-4o. Limit: 500 / min. Please try again in 120ms. Visit…', 120],
    ['Please try again in 20s.', 20_000],
    ['Please try again in 1m30.5s. Need more tokens?', 90_500],
    ['Please try again in 1h2m3s', 3_723_000],
    ['Please retry after 60 seconds.', 60_000],
    ['Try again in 2 minutes', 120_000],
    ['Rate limit exceeded: HTTP 429 Too Many Requests [retry after 7s]', 7000],
    ['{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"34s"}', 34_000],
    [String.raw`{\"retryDelay\": \"34.5s\"}`, 34_500],
  ])('is read: %s', (text, ms) => {
    expect(retryAfterInText(text)).toBe(ms)
  })

  it.each([
    '',
    'Please try again later.',
    'try again in a moment',
    'retry after 5 months',
    '429 in 20s',
    'retry in s',
  ])('is nothing in %j', (text) => expect(retryAfterInText(text)).toBeUndefined())
})

it.each([
  [250, 250],
  [0, 0],
  [-1, undefined],
  [Number.NaN, undefined],
  ['250', undefined],
  [undefined, undefined],
])('a provider that tells %j asks for %j ms', (told, ms) => {
  expect(retryAfterTold(told)).toBe(ms)
})
