import { describe, expect, it } from 'vitest'
import type { Case } from '../../../harness/model/case.ts'
import { ASSERTED, collect, placeOf, readTests, refused } from './suite-folder.ts'

const CSV = `${ASSERTED}tests: cases.csv\n`

async function read(csv: string, env: Record<string, string> = {}): Promise<Case[]> {
  return collect(await readTests(CSV, { 'cases.csv': csv }, env))
}

async function mistake(
  csv: string,
  env: Record<string, string> = {},
): Promise<{ place: string; message: string; code: string; hint: string }> {
  const { code, message, hint, ...error } = await refused(readTests(CSV, { 'cases.csv': csv }, env))
  return { place: placeOf(error as never), message, code, hint: hint ?? '' }
}

describe('the special columns of a CSV', () => {
  it('puts every column where promptfoo puts it', async () => {
    const [first] = await read(
      [
        'text,__expected,__expected2,__prefix,__suffix,__description,__metric,__threshold,__metadata:tags[],__metadata:kind,__config:__expected2:threshold,__providerOutput',
        'hi,contains:h,"similar(0.7):hey, you",Q: ,!,greeting,tone,0.5,"a\\,b, c",short,0.25,hello',
      ].join('\n'),
    )
    expect(first).toMatchObject({ vars: { text: 'hi' }, description: 'greeting', tags: ['a,b', 'c'] })
    expect(first?.test).toMatchObject({
      options: { prefix: 'Q: ', suffix: '!' },
      threshold: 0.5,
      providerOutput: 'hello',
      metadata: { tags: ['a,b', 'c'], kind: 'short', threshold: 0.25 },
    })
    expect(first?.checks.map(({ assertion }) => assertion)).toEqual([
      { type: 'contains', value: 'a' },
      { type: 'contains', value: 'h', metric: 'tone' },
      { type: 'similar', value: 'hey, you', metric: 'tone', threshold: 0.25 },
    ])
  })

  it('counts a threshold among the cells that expect something', async () => {
    const [first] = await read('text,__expected,__expected2,__config:__expected:threshold\nhi,,similar:x,0.3')
    expect(first?.checks.at(-1)?.assertion).toEqual({ type: 'similar', value: 'x', threshold: 0.3 })
  })

  it('calls a row without a description by its number', async () => {
    expect((await read('text\nx\ny')).map((one) => one.description)).toEqual(['Row #1', 'Row #2'])
  })

  it('trims the names of columns but not the cells', async () => {
    expect((await read(' text , n \n hi ,1'))[0]?.vars).toEqual({ text: ' hi ', n: '1' })
  })

  it('takes a threshold that is no number for none', async () => {
    expect((await read('text,__threshold\nx,high'))[0]?.test.threshold).toBeUndefined()
  })

  it('warns of a special column with one underscore, or misspelt', async () => {
    const suite = await readTests(CSV, { 'cases.csv': 'text,_expected,__expectd,__metadata\nx,y,z,w' })
    const warnings = suite.warnings.map(({ message }) => message).join('\n')
    expect(warnings).toMatch(/"_expected" is a var: did you mean "__expected"/)
    expect(warnings).toMatch(/"__metadata" needs a key/)
  })
})

describe('cells are data', () => {
  it('marks the vars and the expected values of a row as literal, but not those of defaultTest', async () => {
    const [first] = await read('text,__expected\n{{env.HOME}},contains:{{text}}')
    expect([...(first?.literalVars ?? [])]).toEqual(['text'])
    expect(first?.checks.map(({ literal }) => literal)).toEqual([false, true])
  })

  it('keeps code in an expected cell code', async () => {
    const [first] = await read(
      'text,__expected,__expected2,__expected3\nx,javascript: output > 1,fn:true,file://check.js',
    )
    expect(first?.checks.slice(1).map(({ assertion, literal }) => [assertion, literal])).toEqual([
      [{ type: 'javascript', value: 'output > 1' }, false],
      [{ type: 'javascript', value: 'true' }, false],
      [{ type: 'javascript', value: 'file://check.js' }, false],
    ])
  })

  it('neither fans out nor loads a cell that looks like files', async () => {
    const cases = await read('text\nfile://*.csv\nfile://nothing.txt')
    expect(cases.map(({ vars }) => vars['text'])).toEqual(['file://*.csv', 'file://nothing.txt'])
  })
})

describe('where a row is', () => {
  it('is the line it begins on, also after quoted newlines of both kinds', async () => {
    const lines = async (csv: string): Promise<(number | undefined)[]> =>
      (await read(csv)).map(({ at }) => at.line)
    expect(await lines('text,n\n"a\nb\nc",1\nd,2\n"e\nf",3\ng,4\n')).toEqual([2, 5, 6, 8])
    expect(await lines('text,n\r\n"a\r\nb\r\nc",1\r\nd,2\r\n"e\r\nf",3\r\ng,4\r\n')).toEqual([2, 5, 6, 8])
  })

  it('survives a byte order mark', async () => {
    expect((await read('\uFEFFtext\nx'))[0]?.vars).toEqual({ text: 'x' })
  })

  it('respects another delimiter', async () => {
    expect((await read('text;n\na,b;1', { PROMPTFOO_CSV_DELIMITER: ';' }))[0]?.vars).toEqual({
      text: 'a,b',
      n: '1',
    })
  })
})

describe('a broken CSV', () => {
  it('refuses a row with more cells than the header, at its line', async () => {
    expect(await mistake('text,n\na,1\n"b\nc",2,3\n')).toMatchObject({
      code: 'suite',
      place: 'cases.csv:3',
      message: 'the row has 3 cells, the header 2',
    })
  })

  it('refuses a row with fewer cells, and says so of an empty line', async () => {
    expect(await mistake('text,n\na\n')).toMatchObject({
      place: 'cases.csv:2',
      message: 'the row has 1 cell, the header 2',
    })
    expect(await mistake('text,n\na,1\n\nb,2\n')).toMatchObject({
      place: 'cases.csv:3',
      hint: 'remove the empty line',
    })
  })

  it('refuses a header that names a column twice, spaces apart', async () => {
    expect(await mistake('text, text\na,b')).toMatchObject({
      place: 'cases.csv:1',
      message: 'two columns are called "text"',
    })
  })

  it('refuses a quote that is not closed, at the row it begins in', async () => {
    expect(await mistake('text,n\na,1\n"b,2\nc,3\n')).toMatchObject({
      code: 'suite',
      place: 'cases.csv:3',
      message: 'a quote that begins in this row is not closed',
    })
  })

  it('takes a stray quote as written, unless told to be strict', async () => {
    expect((await read('text,n\na "b" c,1'))[0]?.vars['text']).toBe('a "b" c')
    expect(await mistake('text,n\na "b" c,1', { PROMPTFOO_CSV_STRICT: 'true' })).toMatchObject({
      place: 'cases.csv:2',
      message: 'a stray quote',
    })
  })

  it('refuses a file with a header only, and one with nothing, as empty', async () => {
    expect(await mistake('text,n\n')).toMatchObject({ code: 'empty', place: 'cases.csv:1' })
    expect(await mistake('')).toMatchObject({ code: 'empty', place: 'cases.csv:1' })
  })

  it('refuses a __config column that makes no sense, and a cell in it that is no number', async () => {
    expect(await mistake('text,__config:__expected0:threshold\na,1')).toMatchObject({ place: 'cases.csv:1' })
    expect(await mistake('text,__config:__expected:weight\na,1')).toMatchObject({ place: 'cases.csv:1' })
    expect(await mistake('text,__expected,__config:__expected:threshold\na,b,\n')).toMatchObject({
      place: 'cases.csv:2',
    })
  })

  it('refuses an expected value that is quoted wrongly, and a type that cannot be checked', async () => {
    expect(await mistake('text,__expected\na,"contains-any: ""b"\n')).toMatchObject({ place: 'cases.csv:2' })
    expect((await mistake('text,__expected\na,trace-span-count:1')).message).toMatch(/not supported/)
  })

  it('refuses a column that would change the prototype', async () => {
    expect(await mistake('text,__proto__\na,b')).toMatchObject({ place: 'cases.csv:1' })
  })
})

describe('a walk over a CSV', () => {
  const rows = Array.from({ length: 3000 }, (_, index) => `row ${index},contains:x`)
  const files = { 'cases.csv': ['text,__expected', ...rows].join('\n') }

  it('can be made again, and while another is under way', async () => {
    const suite = await readTests(CSV, files)
    const [left, right] = await Promise.all([collect(suite), collect(suite)])
    expect(left).toHaveLength(3000)
    expect(right.map(({ id }) => id)).toEqual(left.map(({ id }) => id))
    expect(suite.counts).toEqual({ cases: 3000, duplicates: 0, assertions: 6000 })
  })

  it('can be left before its end', async () => {
    const suite = await readTests(CSV, files)
    for await (const one of suite.cases()) {
      expect(one.vars['text']).toBe('row 0')
      break
    }
    expect(await collect(suite)).toHaveLength(3000)
  })

  it('shares the assertions of defaultTest and of equal cells among its cases', async () => {
    const [first, second] = await collect(await readTests(CSV, files))
    expect(first?.checks[0]?.assertion).toBe(second?.checks[0]?.assertion)
    expect(first?.checks[1]?.assertion).toBe(second?.checks[1]?.assertion)
  })
})
