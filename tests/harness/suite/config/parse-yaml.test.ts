import { describe, expect, it } from 'vitest'
import { parseYamlFile } from '../../../../harness/suite/config/parse-yaml.ts'
import { locate, locateKey } from '../../../../harness/suite/config/positions.ts'
import { mistakeOf, placeOf, project } from './mistake.ts'

type Tree = Record<string, Record<string, unknown> & unknown[]>

const parse = (text: string): Tree => parseYamlFile('/nowhere/s.yaml', text) as Tree
const at = (line: number, column: number) => ({ file: '/nowhere/s.yaml', line, column })

describe('the places of what was parsed', () => {
  it('knows every map, list, key and value', () => {
    const root = parse('a: 1\nb:\n  - x\n  - {c: 2}\n')
    expect(locate(root)).toEqual(at(1, 1))
    expect(locateKey(root, 'a')).toEqual(at(1, 1))
    expect(locate(root, 'a')).toEqual(at(1, 4))
    expect(locate(root['b']!)).toEqual(at(3, 3))
    expect(locate(root['b']!, 0)).toEqual(at(3, 5))
    expect(locate(root['b']![1] as object, 'c')).toEqual(at(4, 9))
  })

  it('counts columns from behind a byte order mark and lines through CRLF', () => {
    const root = parse('\uFEFFa: 1\r\nb: 2\r\n')
    expect(locate(root, 'a')).toEqual(at(1, 4))
    expect(locate(root, 'b')).toEqual(at(2, 4))
  })

  it('sends a merged key to where it is written, and an own key to itself', () => {
    const root = parse('base: &b\n  x: 1\n  y: 2\nuse:\n  <<: *b\n  y: 3\n')
    expect(root['use']).toEqual({ x: 1, y: 3 })
    expect(locate(root['use']!, 'x')).toEqual(at(2, 6))
    expect(locate(root['use']!, 'y')).toEqual(at(6, 6))
  })

  it('makes all aliases of an anchor one object, placed at the anchor', () => {
    const root = parse('a: &x\n  k: 1\nb: *x\n')
    expect(root['b']).toBe(root['a'])
    expect(locate(root['b']!, 'k')).toEqual(at(2, 6))
    expect(locate(root, 'b')).toEqual(at(3, 4))
  })

  it('knows nothing of generated values', () => {
    expect(locate({ a: 1 }, 'a')).toBeUndefined()
  })

  it('takes __proto__ for a key like any other', () => {
    const root = parse('a: {__proto__: {x: 1}}\n')
    expect(Object.hasOwn(root['a']!, '__proto__')).toBe(true)
    expect(root['a']!['x']).toBeUndefined()
  })
})

describe('mistakes in YAML', () => {
  it.each([
    ['a tab as indentation', 'a:\n\t- 1\n', '2:1', /tabs are not allowed/, /spaces/],
    ['an unclosed quote', 'o: 1\na: "x\nb: 1\n', '2:4', /missing closing "quote/, /close the quote/],
    ['an unclosed bracket', 'a: [1, 2\nb: 3\n', '2:1', /flow sequence/, /line the key up/],
    ['a colon in plain text', 'a: b: c\n', '1:4', /nested mappings/, /in quotes/],
    ['a reserved first character', 'ok: 1\na: @x\n', '2:4', /reserved character @/, /in quotes/],
    ['a key that stands too far left', 'x: |\n  a\n b\n', '3:1', /same column/, /siblings/],
    ['a duplicate key', 'a: 1\nb: 2\na: 3\n', '3:1', /duplicate key `a` \(first on line 1\)/, /keep one/],
    ['a duplicate key in a flow map', 'm: {k: 1, k: 2}\n', '1:11', /duplicate key `k`/, /keep one/],
    ['a duplicate key written as number and text', '1: a\n"1": b\n', '2:1', /duplicate key `1`/, /keep one/],
    ['a second document', 'a: 1\n---\nb: 2\n', '2:1', /more than one document/, /one document/],
    ['an unknown tag', 'a: !secret x\n', '1:4', /unresolved tag/, /quotes/],
    ['an alias without an anchor', 'a: *gone\n', '1:4', /no anchor `&gone`/, /define the anchor/],
    [
      'an alias inside what it names',
      'a: &x\n  b: *x\n',
      '2:6',
      /inside the value it names/,
      /write the value out/,
    ],
    ['a merge of something that is no map', 'b: &b 5\na:\n  <<: *b\n', '3:7', /merges a map/, /<<: \*name/],
    ['an unquoted template as a value', 'prompts:\n  - {{name}}\n', '2:6', /cannot be a map/, /in quotes/],
    ['a date as a key', '2024-01-31: x\n', '1:1', /cannot be a date/, /in quotes/],
  ])('refuses %s at its place', async (_, text, place, message, hint) => {
    const error = await mistakeOf(() => parse(text))
    expect(error.code).toBe('suite')
    expect(error.message).toMatch(/^not valid YAML: /)
    expect(error.message).toMatch(message)
    expect(placeOf(error)).toBe(place)
    expect(error.hint).toMatch(hint)
  })

  it('shows the lines around the mistake', async () => {
    const root = project({ 's.yaml': 'a: 1\nb: @x\nc: 3\n' })
    const error = await mistakeOf(() => parseYamlFile(`${root}/s.yaml`, 'a: 1\nb: @x\nc: 3\n'))
    expect(error.frame).toBe('  1 | a: 1\n> 2 | b: @x\n    |    ^\n  3 | c: 3\n  4 |')
  })

  it('refuses nesting that no suite has, at the level where it becomes absurd', async () => {
    const error = await mistakeOf(() => parse(`a: ${'['.repeat(200)}${']'.repeat(200)}`))
    expect(error.message).toBe('not valid YAML: nested deeper than 100 levels')
  })

  it('survives nesting that overflows the stack of the parser', async () => {
    const error = await mistakeOf(() => parse('['.repeat(50_000)))
    expect(error.message).toMatch(/not valid YAML/)
  })
})

describe('alias bombs', () => {
  const lines = (growth: number, levels: number) =>
    Array.from({ length: levels }, (_, level) => {
      const item = level === 0 ? 'lol' : `*l${level - 1}`
      return `l${level}: &l${level} [${Array.from({ length: growth }, () => item).join(', ')}]`
    }).join('\n')

  it('refuses a billion laughs without walking it, where it first grows too large', async () => {
    const error = await mistakeOf(() => parse(lines(9, 12)))
    expect(error.message).toMatch(/multiply this to [\d,]+ values; at most 250,000/)
    expect(placeOf(error)).toBe('6:9')
  })

  it('refuses merges of merges that copy a square of keys', async () => {
    const maps = Array.from({ length: 1000 }, (_, n) =>
      n === 0 ? 'm0: &m0 {k0: 1}' : `m${n}: &m${n} {<<: *m${n - 1}, k${n}: 1}`,
    )
    const error = await mistakeOf(() => parse(maps.join('\n')))
    expect(error.message).toMatch(/copies more than 100,000 keys/)
  })

  it('takes the sharing that suites have, however long they are', () => {
    const shared = 'checks: &c [{type: contains, value: x}]\ntests:\n'
    const tests = Array.from({ length: 20_000 }, () => '- {assert: *c}').join('\n')
    expect(parse(shared + tests)['tests']).toHaveLength(20_000)
  })
})
