import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseReplyJson, replyJson } from '../../../assertions/shared/json.ts'

const parse = (text: string): unknown => parseReplyJson(text)

describe('the JSON of a reply', () => {
  it.each([
    ['an object', '{"a": 1}', 'strict', { a: 1 }],
    ['blank space around it', ' \n[1, 2]\n', 'strict', [1, 2]],
    ['a byte order mark before it', '\uFEFF{"a": 1}', 'strict', { a: 1 }],
    ['a lone text', '"yes"', 'strict', 'yes'],
    ['a fence with a tag', '```json\n{"a": 1}\n```', 'fenced', { a: 1 }],
    ['a fence without one, in between words', 'Here:\n\n```\n[1]\n```\nDone.', 'fenced', [1]],
    ['a fence of waves', '~~~json\n{"a": 1}\n~~~', 'fenced', { a: 1 }],
    ['a lone text in a fence', '```json\n"yes"\n```', 'fenced', 'yes'],
    ['a fence that is not closed', '```json\n{"a": 1}', 'fenced', { a: 1 }],
    ['a fence closed on the last line of the JSON', '```json\n{"a": 1}```', 'fenced', { a: 1 }],
    ['words before and after', 'It is {"a": [1]} as asked.', 'prose', { a: [1] }],
    ['words after', '{"a": 1}\nI hope this helps!', 'prose', { a: 1 }],
    ['brackets in a text', 'So: {"a": "}]{"}.', 'prose', { a: '}]{' }],
    ['a citation before it', 'By [1] it is {"a": 1, "b": 2}.', 'prose', { a: 1, b: 2 }],
    ['brackets that are words', 'See [below]: {"a": 1}', 'prose', { a: 1 }],
    ['a fence of code and JSON in words', '```python\nprint(1)\n```\n{"a": 1}', 'prose', { a: 1 }],
    ['the first of two that are as long', 'Either {"a": 1} or {"a": 2}', 'prose', { a: 1 }],
    ['the longer of two fences', '```json\n[1]\n```\n```json\n[1, 2]\n```', 'fenced', [1, 2]],
  ])('is found: %s', (_, text, how, value) => {
    expect(parse(text)).toEqual({ value, how })
  })

  it.each([
    ['an empty reply', '', 'the reply is empty, JSON was expected'],
    ['a blank reply', ' \n', 'the reply is empty, JSON was expected'],
    ['a refusal', 'I am sorry, but I cannot do that.', 'there is no JSON in the reply'],
    ['a number that JSON does not know', 'NaN', 'there is no JSON in the reply'],
    ['a list cut off', '[1, 2', 'the JSON breaks off inside `/1` (line 1, column 6)'],
    ['a text cut off', '{"a": {"b": "x', 'the JSON breaks off inside `/a/b` (line 1, column 15)'],
    ['a key cut off', '{"a": 1, "b', 'the JSON breaks off (line 1, column 12)'],
    ['cut off after a comma', '[{"a": 1},\n', 'the JSON breaks off inside `/1` (line 1, column 11)'],
    ['cut off in a fence', '```json\n{"a":\n[true,', 'the JSON breaks off inside `/a/1` (line 3, column 7)'],
    [
      'cut off after a whole part',
      'By [1]: {"a": {"b": 1}, "c": ',
      'the JSON breaks off inside `/c` (line 1, column 29)',
    ],
    ['a key twice', '{"a": {"b": 1, "b": 2}}', 'the key `/a/b` is there twice (line 1, column 16)'],
    [
      'a key twice, written differently',
      '{"a": 1, "\\u0061": 2}',
      'the key `/a` is there twice (line 1, column 10)',
    ],
    [
      'a key twice in an item',
      '[{"k": 1}, {"k": 1, "k": 1}]',
      'the key `/1/k` is there twice (line 1, column 21)',
    ],
    [
      'a key with a slash twice',
      '{"a/b": 1, "a/b": 2}',
      'the key `/a~1b` is there twice (line 1, column 12)',
    ],
    [
      'a comma too many',
      '{"a": 1,}',
      'not valid JSON: a key in double quotes is missing before "}" (line 1, column 9)',
    ],
    [
      'a comma too few',
      '[1 2]',
      'not valid JSON inside `/0`: a comma is missing before "2" (line 1, column 4)',
    ],
    [
      'a colon too few',
      '{"a" 1}',
      'not valid JSON inside `/a`: a colon is missing before "1" (line 1, column 6)',
    ],
    [
      'no number',
      '{"a": NaN}',
      'not valid JSON inside `/a`: "NaN" is neither a value nor a key in double quotes (line 1, column 7)',
    ],
    [
      'single quotes',
      "{'a': 1}",
      `not valid JSON: "'a'" is neither a value nor a key in double quotes (line 1, column 2)`,
    ],
    [
      'a comment',
      '{"a": 1 /* one */}',
      'not valid JSON inside `/a`: "/* one */" comments are not allowed (line 1, column 9)',
    ],
  ])('is not found, and it says why: %s', (_, text, error) => {
    expect(parse(text)).toMatchObject({ error })
  })

  it('keeps a key `__proto__` as a key', () => {
    const read = parseReplyJson('{"__proto__": {"a": 1}}')
    expect('value' in read && Object.keys(read.value as object)).toEqual(['__proto__'])
    expect(({} as Record<string, unknown>)['a']).toBeUndefined()
  })

  it('ends at 500 levels, whatever is inside', () => {
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)
    expect(parse(nested(500))).toHaveProperty('value')
    expect(parse(nested(501))).toMatchObject({
      at: 500,
      error: expect.stringContaining('deeper than 500 levels'),
    })
    for (const text of [nested(10_000), '['.repeat(10_000), '{"a":'.repeat(10_000), `x ${nested(10_000)}`])
      expect(parse(text)).toHaveProperty('error')
  })

  it.each(['{', '[', '{"', '"', '```\n', '[1] ', '{"a":1} ', '\\', '\n', 'é', '```json\n{"a":1}\n```\n'])(
    'is looked for in a megabyte of %j',
    (piece) => {
      expect(Object.keys(parseReplyJson(piece.repeat(1_000_000 / piece.length)))).not.toHaveLength(0)
    },
  )

  it('is the value again, however a value was written', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.nat(4), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        const again: unknown = JSON.parse(text)
        expect(parse(text)).toEqual({ value: again, how: 'strict' })
        expect(parse(`\`\`\`json\n${text}\n\`\`\``)).toEqual({ value: again, how: 'fenced' })
      }),
      { seed: 1, numRuns: 100 },
    )
  })

  it('is no value for any beginning of an object', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (value, share) => {
          const text = JSON.stringify(value)
          const cut = text.slice(0, Math.max(1, Math.floor(share * text.length)))
          fc.pre(cut.length < text.length)
          expect(parse(cut)).toHaveProperty('error')
        },
      ),
      { seed: 1, numRuns: 200 },
    )
  })
})

describe('a reply that is no text', () => {
  it('is taken as the value it is', () => {
    expect(replyJson({ a: 1 })).toEqual({ value: { a: 1 }, how: 'strict' })
    expect(replyJson(undefined)).toEqual({ error: 'the reply is empty, JSON was expected' })
  })

  it('may not be too deep either', () => {
    let deep: unknown = 1
    for (let level = 0; level < 10_000; level++) deep = [deep]
    expect(replyJson(deep)).toEqual({ error: 'the JSON is nested deeper than 500 levels' })
  })
})
