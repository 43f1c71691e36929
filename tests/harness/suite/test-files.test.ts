import { describe, expect, it } from 'vitest'
import { ASSERTED, collect, placeOf, readTests, refused } from './suite-folder.ts'

async function vars(yaml: string, files: Record<string, string>): Promise<unknown[]> {
  return (await collect(await readTests(ASSERTED + yaml, files))).map(({ vars }) => vars['text'])
}

const GENERATOR = 'export default (config) => [{vars: {text: `n${config?.n}`}}]\nexport const more = 1\n'

describe('tests from files', () => {
  it('come in every format, in the order they are named', async () => {
    const files = {
      'a.csv': 'text\ncsv\n',
      'b.json': '[{"vars": {"text": "json"}}]',
      'c.jsonl': '{"vars": {"text": "l1"}}\n\n{"vars": {"text": "l2"}}\n',
      'd.yaml': '- vars: {text: yaml}\n',
      'e.yml': 'vars: {text: one}\n',
      'g.mjs': GENERATOR,
      'h.ts': 'export async function make(): Promise<unknown[]> { return [{ vars: { text: "typed" } }] }\n',
      'rows.yaml': '- {text: row, __expected: "contains:r"}\n',
    }
    const tests =
      'tests: [file://a.csv, b.json, c.jsonl, d.yaml, "*.yml", {path: g.mjs, config: {n: 2}}, file://h.ts:make, {path: rows.yaml}, {vars: {text: inline}}]'
    expect(await vars(tests, files)).toEqual([
      'csv',
      'json',
      'l1',
      'l2',
      'yaml',
      'one',
      'n2',
      'typed',
      'row',
      'inline',
    ])
  })

  it('may be named alone, which gives rows of JSON a description', async () => {
    const files = { 'b.json': '[{"vars": {"text": "x"}}, {"vars": {"text": "y"}, "description": "own"}]' }
    const described = async (yaml: string): Promise<unknown[]> =>
      (await collect(await readTests(ASSERTED + yaml, files))).map(({ description }) => description)
    expect(await described('tests: b.json')).toEqual(['Row #1', 'own'])
    expect(await described('tests: [b.json]')).toEqual([undefined, 'own'])
  })

  it('load what file:// names outside vars and code', async () => {
    const files = {
      't.yaml':
        '- vars: {text: file://x.txt}\n  assert: file://asserts.yaml\n- vars: {text: b}\n  assert: [{type: javascript, value: file://check.mjs}]\n- vars: {text: c}\n  assert: [{type: contains, value: file://x.txt}]\n',
      'asserts.yaml': '- {type: contains, value: listed}\n',
      'x.txt': 'ex\n',
      'check.mjs': 'export default () => true',
    }
    const cases = await collect(await readTests('tests: [t.yaml]', files))
    expect(cases.map(({ vars, test }) => [vars['text'], test.assert?.[0]?.value])).toEqual([
      ['file://x.txt', 'listed'],
      ['b', 'file://check.mjs'],
      ['c', 'ex\n'],
    ])
  })

  it('follow $ref', async () => {
    const cases = await collect(
      await readTests('tests: [t.yaml]', {
        't.yaml':
          '- vars: {text: a}\n  assert: [{$ref: "#/1/assert/0"}]\n- vars: {text: b}\n  assert: [{type: contains, value: b}]\n',
      }),
    )
    expect(cases[0]?.test.assert).toEqual([{ type: 'contains', value: 'b' }])
  })

  it('may name files of vars, beside the file they stand in, later ones winning', async () => {
    const files = {
      't/t.yaml': '- vars: [v.yaml, "w*.yaml"]\n',
      't/v.yaml': 'text: v\nother: o\n',
      't/w1.yaml': 'text: w\n',
    }
    const [only] = await collect(await readTests(`${ASSERTED}tests: [t/t.yaml]`, files))
    expect(only?.vars).toEqual({ text: 'w', other: 'o' })
  })

  it('know the line of each test', async () => {
    const files = {
      'd.yaml': '- vars: {text: a}\n\n- vars: {text: b}\n',
      'c.jsonl': '\n{"vars": {"text": "l"}}\n',
    }
    const cases = await collect(await readTests(`${ASSERTED}tests: [d.yaml, c.jsonl]`, files))
    expect(cases.map(({ at }) => `${at.file.split('/').at(-1)}:${at.line}`)).toEqual([
      'd.yaml:1',
      'd.yaml:3',
      'c.jsonl:2',
    ])
  })

  it('are recorded with their digests, and the suite is another when one changes', async () => {
    const read = (csv: string): ReturnType<typeof readTests> =>
      readTests(`${ASSERTED}tests: d.csv`, { 'd.csv': csv })
    const [first, same, other] = [await read('text\na\n'), await read('text\na\n'), await read('text\nb\n')]
    expect(Object.keys(first.files)).toEqual(['d.csv', 'suite.yaml'])
    expect(first.hash).toBe(same.hash)
    expect(first.hash).not.toBe(other.hash)
  })
})

describe('JSONL is data', () => {
  it('marks its vars and the values of its assertions, but for code', async () => {
    const line = {
      vars: { text: '{{x}}' },
      assert: [
        { type: 'contains', value: '{{x}}' },
        { type: 'javascript', value: 'true' },
      ],
    }
    const [only] = await collect(await readTests('tests: [d.jsonl]', { 'd.jsonl': JSON.stringify(line) }))
    expect([...(only?.literalVars ?? [])]).toEqual(['text'])
    expect(only?.checks.map(({ literal }) => literal)).toEqual([true, false])
  })

  it('holds a separator that is no line end', async () => {
    expect(await vars('tests: [d.jsonl]', { 'd.jsonl': '{"vars": {"text": "a\u2028b"}}\r\n' })).toEqual([
      'a\u2028b',
    ])
  })

  it('is read in chunks without losing a line', async () => {
    const lines = Array.from({ length: 5000 }, (_, index) =>
      JSON.stringify({ vars: { text: `é${index}${'x'.repeat(50)}` } }),
    )
    const cases = await collect(
      await readTests(`${ASSERTED}tests: [d.jsonl]`, { 'd.jsonl': lines.join('\n') }),
    )
    expect(cases).toHaveLength(5000)
    expect(cases.at(-1)).toMatchObject({ vars: { text: `é4999${'x'.repeat(50)}` }, at: { line: 5000 } })
  })
})

describe('a mistake in a file of tests', () => {
  it.each([
    [
      'a missing file',
      'tests:\n  - nope.csv',
      /no file of tests matches `nope.csv`/,
      'suite.yaml:5',
      'suite',
    ],
    [
      'a file outside the project',
      'tests:\n  - file:///etc/host*.yaml',
      /outside the project|no file of tests/,
      'suite.yaml:5',
      'suite',
    ],
    ['a kind of file that holds none', 'tests:\n  - a.txt', /not a file of tests/, 'suite.yaml:5', 'suite'],
    [
      'a dataset on the network',
      'tests:\n  - https://x.org/a.csv',
      /not fetched from the network/,
      'suite.yaml:5',
      'suite',
    ],
    ['an unknown key', 'tests: [unknown.yaml]', /asserts/, 'unknown.yaml:2', 'suite'],
    ['an unknown assertion type', 'tests: [type.yaml]', /containz/, 'type.yaml:3', 'suite'],
    ['a list without tests', 'tests: [empty.yaml]', /has no tests/, 'empty.yaml:1', 'empty'],
    ['a JSONL without tests', 'tests: [empty.jsonl]', /has no tests/, 'empty.jsonl:1', 'empty'],
    ['a line that is not JSON', 'tests: [bad.jsonl]', /the line is not JSON/, 'bad.jsonl:2', 'suite'],
    ['a line that is no test', 'tests: [odd.jsonl]', /asserts/, 'odd.jsonl:2', 'suite'],
    [
      'a line that names a file of vars',
      'tests: [file.jsonl]',
      /a dataset names no files/,
      'file.jsonl:1',
      'suite',
    ],
    [
      'a missing file of vars',
      'tests:\n  - {vars: gone.yaml}',
      /no file of vars matches `gone.yaml`/,
      'suite.yaml:5',
      'suite',
    ],
    [
      'a file that a test names and is not there',
      'tests: [names.yaml]',
      /file not found: .*gone.txt/,
      'names.yaml:2',
      'suite',
    ],
    [
      'a generator that throws',
      'tests:\n  - throws.mjs',
      /generator throws.mjs threw: no luck/,
      'suite.yaml:5',
      'suite',
    ],
    [
      'a generator that yields no list',
      'tests:\n  - number.mjs',
      /must yield a list of tests, but yielded number/,
      'suite.yaml:5',
      'suite',
    ],
    [
      'a generator whose second test is none',
      'tests:\n  - second.mjs',
      /test 2 of second.mjs: .*asserts/,
      'suite.yaml:5',
      'suite',
    ],
  ])('refuses %s', async (_, yaml, message, place, code) => {
    const files = {
      'a.txt': 'x',
      'unknown.yaml': '- vars: {text: a}\n  asserts: []\n',
      'type.yaml': '- vars: {text: a}\n  assert:\n    - {type: containz, value: x}\n',
      'empty.yaml': '[]\n',
      'empty.jsonl': '\n\n',
      'bad.jsonl': '{"vars": {}}\n{oops}\n',
      'odd.jsonl': '{"vars": {}}\n{"vars": {}, "asserts": []}\n',
      'file.jsonl': '{"vars": "v.yaml"}\n',
      'names.yaml': '- vars: {text: a}\n  description: file://gone.txt\n',
      'throws.mjs': 'export default () => { throw new Error("no luck") }',
      'number.mjs': 'export default 7',
      'second.mjs': 'export default [{vars: {text: "a"}}, {vars: {}, asserts: []}]',
    }
    const error = await refused(readTests(ASSERTED + yaml, files))
    expect([error.format(), error.message].join('\n')).toMatch(message)
    expect([placeOf(error), error.code]).toEqual([place, code])
  })
})
