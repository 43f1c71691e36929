import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { outputAt, parsePath, valueAt, whatIsThere } from '../../../providers/http/path.ts'

const VALUE = {
  choices: [{ message: { content: 'one' } }, { message: { content: 'two' } }, { index: 2 }],
  'a key': { 'with "quotes"': 1 },
  'x-y': 0,
  nested: [{ list: [1, 2] }, { list: [3] }],
  empty: [],
  no: null,
}

const at = (path: string): unknown => valueAt(VALUE, parsePath(path))

describe('a path', () => {
  it.each([
    ['choices[0].message.content', 'one'],
    ['choices[-2].message.content', 'two'],
    ['["a key"]["with \\"quotes\\""]', 1],
    ['x-y', 0],
    ['choices[ 1 ].message["content"]', 'two'],
    ['choices[*].message.content', ['one', 'two']],
    ['nested[*].list[*]', [1, 2, 3]],
    ['empty[*].x', []],
    ['no', null],
    ['choices', VALUE.choices],
  ])('%s leads to what is there', (path, value) => {
    expect(at(path)).toEqual(value)
  })

  it.each([
    'choices[3]',
    'choices[-4]',
    'choices.length',
    'choices.0',
    'x-y[0]',
    'x-y.toFixed',
    'constructor',
    '__proto__',
    'no.more',
    'choices[*].nothing',
    'x-y[*]',
  ])('%s leads nowhere: only what JSON holds is there', (path) => {
    expect(at(path)).toBeUndefined()
  })

  it('starts at a list, too', () => {
    expect(valueAt([{ generated_text: 'a' }], parsePath('[0].generated_text'))).toBe('a')
    expect(valueAt([{ t: 'a' }, { t: 'b' }], parsePath('[*].t'))).toEqual(['a', 'b'])
  })

  it('joins texts where it is to be an output, and nothing else', () => {
    expect(outputAt(VALUE, parsePath('choices[*].message.content'))).toBe('onetwo')
    expect(outputAt(VALUE, parsePath('nested[*].list[*]'))).toEqual([1, 2, 3])
    expect(outputAt({ list: ['a', 'b'] }, parsePath('list'))).toEqual(['a', 'b'])
  })

  it('finds whatever key JSON may have, when it is quoted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.jsonValue(), (key, value) => {
        const object = JSON.parse(JSON.stringify({ [key]: value })) as unknown
        expect(valueAt(object, parsePath(`[${JSON.stringify(key)}]`))).toEqual(
          (object as Record<string, unknown>)[key],
        )
      }),
      { seed: 1 },
    )
  })

  it.each([
    ['', 'expected a key at character 1, and there is the end'],
    ['.a', 'expected a key at character 1'],
    ['a.', 'expected a key at character 3'],
    ['a..b', 'expected a key at character 3'],
    ['a[', 'expected [n], [*] or ["key"] at character 2'],
    ['a[0', 'at character 2, and there is `[0`'],
    ["a['b']", 'expected [n], [*] or ["key"]'],
    ['a[0]b', 'expected `.` or `[` at character 5'],
    ['a b', 'expected `.` or `[` at character 2'],
    ['a["\\q"]', 'expected a key in JSON'],
  ])('%j is refused with the place', (path, words) => {
    expect(() => parsePath(path)).toThrow(SyntaxError)
    expect(() => parsePath(path)).toThrow(words)
  })
})

describe('a path that leads nowhere', () => {
  it.each([
    ['answer', 'the reply has the keys "choices", "a key", "x-y", "nested", "empty", "no"'],
    ['choices[0].message.text', '`choices[0].message` has the keys "content"'],
    ['choices[7].message', '`choices` is a list of 3'],
    ['choices[*].nope', '`choices[0]` has the keys "message"'],
    ['no.more', '`no` is null'],
    ['x-y.z', '`x-y` is a number'],
  ])('%s: says what is there instead', (path, words) => {
    expect(whatIsThere(VALUE, parsePath(path))).toBe(`nothing at \`${path}\`: ${words}`)
  })

  it('names twenty keys at most, and never what is not', () => {
    const wide = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`k${i}`, i]))
    expect(whatIsThere(wide, parsePath('a'))).toMatch(/"k19" and 30 more$/)
    expect(whatIsThere({}, parsePath('a'))).toMatch(/is an empty object$/)
    expect(whatIsThere(undefined, parsePath('a'))).toMatch(/the reply is not JSON$/)
  })
})
