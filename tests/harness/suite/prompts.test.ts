import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Prompt } from '../../../harness/model/prompt.ts'
import { readSuite } from '../../../harness/suite/read.ts'
import { looksLikeFile } from '../../../harness/suite/prompts/file-syntax.ts'
import { placeOf, readFiles, refused, suiteFolder } from './suite-folder.ts'

const REST = 'providers: [echo]\ntests: [{vars: {x: 1}, assert: [{type: contains, value: a}]}]\n'

async function read(prompts: string, files: Record<string, string> = {}): Promise<readonly Prompt[]> {
  return (await readFiles({ 'suite.yaml': `${prompts}\n${REST}`, ...files })).prompts
}

async function brief(prompts: string, files: Record<string, string> = {}): Promise<unknown[]> {
  return (await read(prompts, files)).map(({ key, label, raw }) => [key, label, raw])
}

describe('a prompt written in the suite', () => {
  it('is keyed by its place, or by its label or id if it has one', async () => {
    expect(await brief('prompts: [one, {raw: two, label: second}, {raw: three, id: third}]')).toEqual([
      ['prompt-1', 'one', 'one'],
      ['second', 'second', 'two'],
      ['third', 'three', 'three'],
    ])
  })

  it('is {{prompt}} where there is none', async () => {
    expect(await brief('description: no prompts')).toEqual([['prompt-1', '{{prompt}}', '{{prompt}}']])
  })

  it('that is listed twice is run once, with a warning', async () => {
    const suite = await readFiles({ 'suite.yaml': `prompts: [same, same]\n${REST}` })
    expect(suite.prompts).toHaveLength(1)
    expect(suite.warnings[0]?.message).toMatch(/listed twice/)
  })

  it.each(['file://x', 'a/b', 'a\\b', '2*3', 'x.txt', 'x.ts:fn', 'end.js', 'a.md', 'x.csv', 'odd.ab'])(
    'is taken for a file: %s',
    (text) => {
      expect(looksLikeFile(text)).toBe(true)
      expect(looksLikeFile(`${text}\n`)).toBe(false)
    },
  )

  it.each(['hello', 'hello there.', 'Mr. Smith', 'a:b'])('is text: %s', (text) => {
    expect(looksLikeFile(text)).toBe(false)
  })

  it('that is a pattern nothing matches is text', async () => {
    expect(await brief('prompts: ["What is 2*3?"]')).toEqual([['prompt-1', 'What is 2*3?', 'What is 2*3?']])
  })

  it('that looks like a file by accident is refused with a way out', async () => {
    const error = await refused(read('prompts: ["yes/no: {{x}}"]'))
    expect(error.message).toMatch(/taken for a file/)
    expect(error.hint).toMatch(/YAML block/)
  })
})

describe('a prompt file', () => {
  it('splits on --- only when it is .txt', async () => {
    const text = 'one\n---\ntwo\n'
    expect(
      await brief('prompts: [file://p.txt, p.md, p.j2]', { 'p.txt': text, 'p.md': text, 'p.j2': text }),
    ).toEqual([
      ['p.txt#1', 'p.txt: one', 'one'],
      ['p.txt#2', 'p.txt: two', 'two'],
      ['p.md', `p.md: ${text}...`, text],
      ['p.j2', `p.j2: ${text}...`, text],
    ])
  })

  it('of JSONL or CSV has one prompt a line or row', async () => {
    const files = {
      'p.jsonl': '[1]\n\n[2]\n',
      'p.csv': 'prompt,label\n"a, b",A\nc,\n',
      'q.csv': 'prompt\nfirst\n\nsecond\n',
    }
    expect(await brief('prompts: [p.jsonl, file://p.csv, file://q.csv]', files)).toEqual([
      ['p.jsonl#1', 'p.jsonl: [1]', '[1]'],
      ['p.jsonl#2', 'p.jsonl: [2]', '[2]'],
      ['A', 'A', 'a, b'],
      ['p.csv#2', 'Prompt 2 - c', 'c'],
      ['q.csv#1', 'Prompt 1 - first', 'first'],
      ['q.csv#2', 'Prompt 2 - second', 'second'],
    ])
  })

  it('of JSON or YAML is normalised, with the files it names put in', async () => {
    const files = {
      'p.json': '{ "a": "{{x}}",\n "b": [1] }',
      'p.yaml': '- role: user\n  content: file://c.txt\n',
      'c.txt': 'Hi',
      'bad.json': '{"a": {{x}}}',
    }
    expect((await read('prompts: [p.json, p.yaml, bad.json]', files)).map(({ raw }) => raw)).toEqual([
      '{"a":"{{x}}","b":[1]}',
      '[{"role":"user","content":"Hi"}]',
      '{"a": {{x}}}',
    ])
  })

  it('may be one of a pattern or a folder, which are read in the order of their names', async () => {
    const files = { 'p/b.txt': 'b', 'p/a.txt': 'a', 'p/deep/c.txt': 'c' }
    expect(await brief('prompts: [file://p/*.txt]', files)).toEqual([
      ['p/a.txt', 'p/a.txt: a', 'a'],
      ['p/b.txt', 'p/b.txt: b', 'b'],
    ])
    expect((await read('prompts: file://p', files)).map(({ key }) => key)).toEqual(['p/a.txt', 'p/b.txt'])
  })

  it('is named by a label, in a map or beside its path', async () => {
    const files = { 'a.txt': 'a1\n---\na2', 'b.md': 'b' }
    expect(await brief('prompts: {file://a.txt: A, b.md: B}', files)).toEqual([
      ['A#1', 'A: a.txt: a1', 'a1'],
      ['A#2', 'A: a.txt: a2', 'a2'],
      ['B', 'B', 'b'],
    ])
    expect((await read('prompts: [{id: file://b.md, label: B}]', files))[0]).toMatchObject({
      key: 'B',
      raw: 'b',
    })
  })

  it('is labelled with the path the suite was named by, as promptfoo does', async () => {
    const dir = await suiteFolder({ 's/suite.yaml': `prompts: [file://p.txt]\n${REST}`, 's/p.txt': 'hi' })
    const read = async (file: string): Promise<string | undefined> =>
      (await readSuite(file, { env: {}, cwd: dir })).prompts[0]?.label
    expect(await read('s/suite.yaml')).toBe('s/p.txt: hi')
    expect(await read(join(dir, 's/suite.yaml'))).toBe(`${join(dir, 's/p.txt')}: hi`)
  })

  it('survives a byte order mark', async () => {
    expect((await read('prompts: [p.txt]', { 'p.txt': '\uFEFFhi' }))[0]?.raw).toBe('hi')
  })

  it('may export a function, which is told the vars, the provider and the config', async () => {
    const files = {
      'p.ts':
        'export const ask = ({vars, provider, config}: any) => `${vars.x} ${provider.id} ${config.n}`\n',
    }
    const [prompt] = await read('prompts: [{raw: file://p.ts:ask, label: asked, config: {n: 1}}]', files)
    expect(prompt).toMatchObject({ key: 'asked', label: 'asked' })
    expect(prompt?.function?.({ vars: { x: 'X' }, provider: { id: () => 'me' } })).toBe('X me 1')
  })
})

describe('a mistake in the prompts', () => {
  it.each([
    ['a missing file', 'prompts:\n  - file://nope.txt', /file not found/, 'suite.yaml:2'],
    [
      'a file outside the project',
      'prompts:\n  - file:///etc/hostname.txt',
      /outside the project/,
      'suite.yaml:2',
    ],
    ['a file without prompts', 'prompts:\n  - file://empty.txt', /no prompts in/, 'suite.yaml:2'],
    ['a pattern of files that matches none', 'prompts:\n  - file://*.md', /no file matches/, 'suite.yaml:2'],
    ['a program', 'prompts:\n  - exec:./run.sh', /read from files only/, 'suite.yaml:2'],
    ['a Python file', 'prompts:\n  - file://p.py', /not supported/, 'suite.yaml:2'],
    [
      'a function that is not there',
      'prompts:\n  - file://p.mjs:gone',
      /exports no function `gone`/,
      'suite.yaml:2',
    ],
  ])('refuses %s', async (_, prompts, message, place) => {
    const files = { 'empty.txt': '\n---\n', 'p.py': 'x', 'p.mjs': 'export const here = 1' }
    const error = await refused(read(prompts, files))
    expect(error.code).toBe('suite')
    expect(error.message).toMatch(message)
    expect(placeOf(error)).toBe(place)
  })

  it('refuses a template that can never render, but not half a tag, which means what it says', async () => {
    const error = await refused(read('prompts:\n  - fine {{x}}\n  - "{% if %}{{x}}"'))
    expect(error.message).toMatch(/no valid template: .*unexpected token/)
    expect(error.at?.line).toBe(3)
    await expect(read('prompts: ["a {{ b", "{\\"json\\": \\"{{x}}\\"}"]')).resolves.toHaveLength(2)
  })

  it('refuses two prompts of one key, naming both places', async () => {
    const error = await refused(read('prompts:\n  - {raw: a, label: x}\n  - {raw: b, label: x}'))
    expect(placeOf(error)).toBe('suite.yaml:3')
    expect(error.message).toMatch(/key `x`.*suite\.yaml:2/)
  })
})
