import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openPrices } from '../../../harness/pricing/open-prices.ts'
import { ASSERTED, placeOf, readTests, refused } from './suite-folder.ts'

const TESTS = `${ASSERTED}tests: [{vars: {text: a}}]\nassay: {prices: prices.yaml}\n`
const read = (prices: string): ReturnType<typeof readTests> => readTests(TESTS, { 'prices.yaml': prices })

/** Place, message and hint of every mistake that is told. */
async function mistakes(prices: string): Promise<(readonly (string | undefined)[])[]> {
  const first = await refused(read(prices))
  expect([first.code, first.exitCode]).toEqual(['suite', 2])
  return [first, ...first.others].map((each) => [
    `${placeOf(each)}:${each.at?.column}`,
    each.message,
    each.hint,
  ])
}

const ENTRY = '  - {model: aws/x, input: 1, output: 2'
const withEntry = (rest: string): string => `v: 1\nprices:\n${ENTRY}${rest}}\n`

describe('the prices of a suite', () => {
  it('are read from the file it names, unquoted days among them', async () => {
    const { prices, warnings } = await read(`v: 1
prices:
  - model: aws/us.anthropic.claude-sonnet-4-5*
    from: 2026-01-01
    until: 2026-12-31
    input: 3.3
    output: 16.5
    cacheRead: 0.33
    cacheWrite: 4.125
    cacheWrite1h: 6.6
  - {model: aws/*, tier: batch, factor: 0.5}
`)
    expect(warnings).toEqual([])
    expect(prices).toEqual({
      name: 'prices.yaml',
      digest: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
      entries: [
        {
          model: 'aws/us.anthropic.claude-sonnet-4-5*',
          from: '2026-01-01',
          until: '2026-12-31',
          input: 3.3,
          output: 16.5,
          cacheRead: 0.33,
          cacheWrite: 4.125,
          cacheWrite1h: 6.6,
        },
        { model: 'aws/*', tier: 'batch', factor: 0.5 },
      ],
    })
  })

  it('are none where it names no file', async () => {
    expect((await readTests(TESTS.replace('assay: {prices: prices.yaml}', ''))).prices).toBeUndefined()
  })

  it('are among its files, so that a change of them changes its hash', async () => {
    const [one, other] = [await read(withEntry('')), await read(withEntry(', cacheRead: 1'))]
    expect(Object.keys(one.files)).toContain('prices.yaml')
    expect(one.hash).not.toBe(other.hash)
    expect(one.prices?.digest).not.toBe(other.prices?.digest)
  })

  it('that the documentation shows are good', async () => {
    const [, example] = /```yaml\n(v: 1\n.*?)```/s.exec(readFileSync('docs/prices.md', 'utf8')) ?? []
    const { prices } = await read(example ?? '')
    const book = await openPrices(prices)
    const usage = { input: 1_000_000, output: 0, cacheRead: 200_000 }
    const sonnet = { vendor: 'aws', model: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0' }
    expect(book.cost(sonnet, usage, new Date('2026-11-26'))).toBe(2.6928)
    expect(book.cost({ ...sonnet, tier: 'batch' }, usage, new Date('2026-11-26'))).toBe(1.3464)
    expect(book.cost(sonnet, usage, new Date('2027-01-01'))).toBe(3.366)
  })
})

describe('a mistake in the prices', () => {
  it('is a file that is not there, at the place that names it', async () => {
    const error = await refused(readTests(TESTS.replace('prices.yaml', 'price.yaml'), { 'prices.yaml': '' }))
    expect([error.code, placeOf(error), error.message, error.hint]).toEqual([
      'suite',
      'suite.yaml:5',
      'file not found: price.yaml',
      'did you mean `prices.yaml`?',
    ])
  })

  it('is a file outside the project', async () => {
    const error = await refused(readTests(TESTS.replace('prices.yaml', '../prices.yaml')))
    expect(error.message).toMatch(/^\.\.\/prices\.yaml lies outside the project/)
  })

  it('is a syntax error, at its place', async () => {
    expect(await mistakes('v: 1\nprices: [\n')).toEqual([
      [
        expect.stringMatching(/^prices\.yaml:[23]:/),
        expect.stringContaining('not valid YAML'),
        expect.anything(),
      ],
    ])
  })

  it.each([
    ['', 'prices.yaml:1:1', 'expected a map, got nothing'],
    ['[]', 'prices.yaml:1:1', 'expected a map, got an empty list'],
  ])('is a file that holds something else: %j', async (text, place, message) => {
    const [first] = await mistakes(text)
    expect(first?.slice(0, 2)).toEqual([place, message])
  })

  it.each([
    [', outputs: 3', 3, 'prices[0]: unknown key `outputs`', 'did you mean `output`?'],
    [', cache_read: 3', 3, 'prices[0]: unknown key `cache_read`', 'did you mean `cacheRead`?'],
    [
      ', cacheRead: -1',
      3,
      'prices[0].cacheRead: expected a number of at least 0, got the number -1',
      undefined,
    ],
    [
      ', cacheRead: "1"',
      3,
      'prices[0].cacheRead: expected a number, got the text "1"',
      'write 1 without quotes',
    ],
    [', cacheRead: .nan', 3, expect.stringContaining('prices[0].cacheRead: expected a number'), undefined],
    [
      ', from: 2026-02-31',
      3,
      'prices[0].from: expected a day such as 2027-01-31, got "2026-02-31"',
      undefined,
    ],
    [
      ', until: "2026-01-31T12:00:00Z"',
      3,
      'prices[0].until: expected a day such as 2027-01-31, got "2026-01-31T12:00:00Z"',
      undefined,
    ],
    [
      ', from: 2026-02-01, until: 2026-01-31',
      3,
      'prices[0].until: ends on 2026-01-31, before it begins on 2026-02-01',
      undefined,
    ],
    [', tier: standard', 3, 'prices[0].tier: the standard tier has no name', 'leave `tier` out'],
    [', tier: 5', 3, 'prices[0].tier: expected text, got the number 5', 'put it in quotes: "5"'],
    [', tier: ""', 3, 'prices[0].tier: expected the name of a tier, got none', undefined],
    [', factor: 0.5', 3, 'prices[0]: `factor` stands in place of prices, and there is `input`', undefined],
  ])('is told with its place: %s', async (rest, line, message, hint) => {
    const [[place, ...told] = [], ...others] = await mistakes(withEntry(rest))
    expect(place).toMatch(new RegExp(`^prices\\.yaml:${line}:\\d+$`))
    expect(told).toEqual([message, hint])
    expect(others).toEqual([])
  })

  it.each([
    ['{model: nova, input: 1, output: 2}', 'prices[0].model: expected `vendor/model`, got "nova"'],
    [
      '{model: aws/*-lite, input: 1, output: 2}',
      'prices[0].model: a `*` may stand at the end alone, got "aws/*-lite"',
    ],
    ['{model: bedrock/x, input: 1, output: 2}', 'prices[0].model: nothing is billed by `bedrock`'],
    ['{input: 1, output: 2}', 'prices[0]: missing `model`'],
    ['{model: aws/x, input: 1}', 'prices[0]: missing `output`'],
    ['{model: aws/x, factor: 0}', 'prices[0].factor: expected a number above 0, got the number 0'],
    ['{model: aws/x, output: 2}', 'prices[0]: missing `input`'],
    ['aws/x', 'prices[0]: expected a map, got the text "aws/x"'],
  ])('is an entry that says too little, or nothing that is known: %s', async (entry, message) => {
    const told = await mistakes(`v: 1\nprices:\n  - ${entry}\n`)
    expect(told.map(([, each]) => each)).toEqual([message])
  })

  it('is a vendor by another name than the bill has', async () => {
    const [[, , hint] = []] = await mistakes('v: 1\nprices:\n  - {model: bedrock/x, factor: 2}\n')
    expect(hint).toBe('did you mean `aws/x`?')
  })

  it('is a version that is not there, or another one', async () => {
    expect(await mistakes('prices: []\n')).toEqual([
      ['prices.yaml:1:1', 'missing `v`', 'write `v: 1`, the version of the format'],
    ])
    expect(await mistakes('v: 2\nprices: []\n')).toEqual([
      ['prices.yaml:1:4', 'v: expected the version 1, got 2', undefined],
    ])
  })

  it('is a second entry for the same model, tier and first day, in any case', async () => {
    const [[place, message, hint] = []] = await mistakes(
      'v: 1\nprices:\n  - {model: aws/x, input: 1, output: 2}\n  - {model: AWS/x, input: 2, output: 2}\n',
    )
    expect([place, message, hint]).toEqual([
      'prices.yaml:4:5',
      'prices[1]: the model, tier and first day are those of prices[0]: which of them holds?',
      'give the later one the day `from` which it holds',
    ])
    for (const differently of ['from: 2026-01-01', 'tier: batch'])
      await read(`v: 1\nprices:\n${ENTRY}}\n${ENTRY}, ${differently}}\n`)
  })

  it('is told with all the others in one look', async () => {
    const told = await mistakes(
      'v: 1\nprices:\n  - {model: aws/x, input: -1, output: 2}\n  - {model: aws/y, inptu: 1, output: 2}\n',
    )
    expect(told.map(([place]) => place)).toEqual(['prices.yaml:3:27', 'prices.yaml:4:20'])
  })
})
