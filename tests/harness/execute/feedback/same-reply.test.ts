import { describe, expect, it } from 'vitest'
import { replyKey } from '../../../../harness/execute/feedback/same-reply.ts'

describe('two replies say the same', () => {
  it.each([
    ['  positive\n', 'positive'],
    ['{"a": 1, "b": [1, {"c": 2, "d": 3}]}', '{"b":[1,{"d":3,"c":2}],"a":1.0}'],
    ['{"a": 1}', { a: 1 }],
    [['x'], '[ "x" ]'],
  ])('%j and %j', (one, other) => {
    expect(replyKey(one)).toBe(replyKey(other))
  })

  it.each([
    ['positive', 'Positive'],
    ['[1, 2]', '[2, 1]'],
    ['{"a": 1}', '{"a": "1"}'],
    ['{"a": 1}', '{"a": 1'],
    ['{"__proto__": 1}', '{}'],
    ['', '""'],
  ])('not %j and %j', (one, other) => {
    expect(replyKey(one)).not.toBe(replyKey(other))
  })

  it('is told of replies nested deeper than can be gone through', () => {
    const deep = '['.repeat(200_000) + ']'.repeat(200_000)
    expect(replyKey(deep)).toBe(replyKey(`${deep}\n`))
    expect(replyKey(deep)).not.toBe(replyKey(`[${deep}]`))
  })

  it('is told of no reply at all', () => {
    expect(replyKey(undefined)).toBe('undefined')
  })
})
