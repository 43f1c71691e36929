import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dereference } from '../../../../harness/suite/config/dereference.ts'
import { parseYamlFile } from '../../../../harness/suite/config/parse-yaml.ts'
import { locate, locateKey } from '../../../../harness/suite/config/positions.ts'
import { mistakeOf, placeOf, project } from './mistake.ts'

type Tree = Record<string, Record<string, unknown>>

function read(files: Record<string, string>, options: { allowOutside?: boolean } = {}) {
  const root = project(files)
  const file = join(root, 's.yaml')
  const texts: string[] = []
  const value = dereference(parseYamlFile(file, readFileSync(file, 'utf8')), file, {
    root,
    allowOutside: options.allowOutside ?? false,
    onFile: (name) => texts.push(name),
  })
  return { root, file, texts, value: value as Tree }
}

describe('$ref', () => {
  it('follows pointers, files, and pointers into files, from the file each stands in', () => {
    const { value, texts, root } = read({
      's.yaml': 'a: {$ref: "#/parts/x~1y"}\nb: {$ref: sub/o.yaml}\nparts: {x/y: 1}\n',
      'sub/o.yaml': 'deep: {$ref: "p.json#/list/1"}\nlocal: {$ref: "#/own"}\nown: 7\n',
      'sub/p.json': '{"list": [0, {"k": "v"}]}',
    })
    expect(value['a']).toBe(1)
    expect(value['b']).toEqual({ deep: { k: 'v' }, local: 7, own: 7 })
    expect(texts).toEqual([join(root, 'sub/o.yaml'), join(root, 'sub/p.json')])
  })

  it('keeps the places of the file the value comes from', () => {
    const { value, root } = read({
      's.yaml': 'a: {$ref: o.yaml#/x}\nb: {$ref: o.yaml#/x/k}\n',
      'o.yaml': '# first\nx:\n  k: 5\n',
    })
    expect(locate(value['a']!, 'k')).toEqual({ file: join(root, 'o.yaml'), line: 3, column: 6 })
    expect(locate(value, 'b')).toEqual({ file: join(root, 'o.yaml'), line: 3, column: 6 })
    expect(locateKey(value, 'b')).toEqual({ file: join(root, 's.yaml'), line: 2, column: 1 })
  })

  it('lets keys beside a $ref win over those it brings', () => {
    const { value, file } = read({ 's.yaml': 'a: {$ref: "#/t", w: 2}\nt: {w: 1, x: 3}\n' })
    expect(value['a']).toEqual({ w: 2, x: 3 })
    expect(value['t']).toEqual({ w: 1, x: 3 })
    expect(locate(value['a']!, 'w')).toEqual({ file, line: 1, column: 21 })
    expect(locate(value['a']!, 'x')).toEqual({ file, line: 2, column: 14 })
  })

  it('follows a $ref on the way of a pointer, and a $ref to a $ref', () => {
    const { value } = read({
      's.yaml': 'a: {$ref: "#/b/k"}\nb: {$ref: "#/c"}\nc: {k: {$ref: "#/d"}}\nd: 9\n',
    })
    expect(value['a']).toBe(9)
  })

  it('leaves a JSON schema anchor and a $ref that is no text alone', () => {
    const { value } = read({ 's.yaml': 'a: {$ref: "#name"}\nb: {$ref: 5}\n' })
    expect(value).toEqual({ a: { $ref: '#name' }, b: { $ref: 5 } })
  })

  it.each([
    ['to itself', 'a: {$ref: "#/a"}\n', '#/a → #/a', '1:11'],
    ['through another', 'a: {$ref: "#/b"}\nb: {$ref: "#/a"}\n', '#/b → #/a → #/b', '1:11'],
    ['to what holds it', 'a:\n  b: {$ref: "#/a"}\n', '#/a → #/a', '2:13'],
    ['behind a straight start', 'a: {$ref: "#/b"}\nb: {c: {$ref: "#/b"}}\n', '#/b → #/b', '2:15'],
  ])('refuses a circle %s and names it', async (_, text, circle, place) => {
    const error = await mistakeOf(() => read({ 's.yaml': text }))
    expect(error.message).toBe(`circular \`$ref\`: ${circle}`)
    expect(placeOf(error)).toBe(place)
  })

  it('refuses a circle through another file', async () => {
    const error = await mistakeOf(() =>
      read({ 's.yaml': 'a: {$ref: o.yaml}\n', 'o.yaml': 'b: {$ref: s.yaml#/a}\n' }),
    )
    expect(error.message).toBe('circular `$ref`: o.yaml → s.yaml#/a → o.yaml')
  })

  it.each([
    [
      'a pointer to nothing',
      '{$ref: "#/part/x"}',
      /leads nowhere: there is no `part`/,
      /did you mean `parts`/,
    ],
    ['a pointer into a scalar', '{$ref: "#/parts/x/y"}', /no `y` in `#\/parts\/x`/, /a `\$ref` is/],
    ['a missing file', '{$ref: "othr.yaml"}', /file not found: othr.yaml/, /did you mean `other.yaml`/],
    ['the network', '{$ref: "https://x.test/a.yaml"}', /is not a file/, /save it/],
    ['a file outside the project', '{$ref: "../../etc/passwd"}', /outside the project/, /--allow-outside/],
  ])('refuses %s, at the $ref', async (_, ref, message, hint) => {
    const files = { 's.yaml': `parts: {x: 1}\na: ${ref}\n`, 'other.yaml': 'a: 1\n' }
    const error = await mistakeOf(() => read(files))
    expect(error.message).toMatch(message)
    expect(error.hint).toMatch(hint)
    expect(placeOf(error)).toBe('2:11')
  })

  it('places a syntax error in the file that has it', async () => {
    const error = await mistakeOf(() => read({ 's.yaml': 'a: {$ref: o.yaml}\n', 'o.yaml': 'x: 1\ny: @\n' }))
    expect(error.at?.file).toMatch(/o\.yaml$/)
    expect(placeOf(error)).toBe('2:4')
  })

  it('refuses $refs that multiply what is written, without walking it', async () => {
    const levels = Array.from({ length: 12 }, (_, n) => {
      const item = n === 0 ? 'x' : `{$ref: "#/l${n - 1}"}`
      return `l${n}: [${Array.from({ length: 9 }, () => item).join(', ')}]`
    })
    const error = await mistakeOf(() => read({ 's.yaml': levels.join('\n') }))
    expect(error.message).toMatch(/multiply this to [\d,]+ values/)
    expect(placeOf(error)).toBe('6:5')
  })

  it('names the file of a value that was parsed without places', async () => {
    const value = JSON.parse('{"a": {"$ref": "#/b"}}') as unknown
    const error = await mistakeOf(() => dereference(value, '/p/s.json', { root: '/p', allowOutside: false }))
    expect(error.at).toEqual({ file: '/p/s.json', line: 1 })
  })
})
