import { describe, expect, it } from 'vitest'
import { readSuite } from '../../../harness/suite/read.ts'
import { ASSERTED, collect, placeOf, readFiles, readTests, refused, suiteFolder } from './suite-folder.ts'

const TESTS = `${ASSERTED}tests: [{vars: {text: a}}]\n`

describe('a suite', () => {
  it('without tests is refused as empty', async () => {
    for (const yaml of [ASSERTED, `${ASSERTED}tests: []\n`]) {
      const error = await refused(readTests(yaml))
      expect([error.code, error.exitCode, error.message]).toEqual(['empty', 3, 'the suite has no tests'])
    }
  })

  it('in which nothing is asserted is refused', async () => {
    const error = await refused(readTests('tests: [{vars: {text: a}}, {vars: {text: b}}]'))
    expect([error.code, error.exitCode]).toEqual(['suite', 2])
    expect(error.message).toBe('nothing is asserted in any of the 2 cases')
  })

  it('counts the members of an assert-set, not the set', async () => {
    const set = '{type: assert-set, assert: [{type: contains, value: a}, {type: is-json}]}'
    expect(
      (await readTests(`tests: [{vars: {text: a}, assert: [${set}, {type: is-json}]}]`)).counts?.assertions,
    ).toBe(3)
  })

  it('whose test filters name nothing is refused, with a suggestion', async () => {
    const prompt = await refused(readTests(`${ASSERTED}tests:\n  - {vars: {text: a}, prompts: ['{{txt}}']}`))
    expect([placeOf(prompt), prompt.message, prompt.hint]).toEqual([
      'suite.yaml:5',
      'there is no prompt `{{txt}}`',
      'did you mean `{{text}}`?',
    ])
    const provider = await refused(readTests(`${ASSERTED}tests:\n  - {vars: {text: a}, providers: [ecco]}`))
    expect([placeOf(provider), provider.hint]).toEqual(['suite.yaml:5', 'did you mean `echo`?'])
  })

  it('with a var called assert is warned of', async () => {
    const suite = await readTests(`${ASSERTED}tests: [{vars: {text: a, assert: [{type: is-json}]}}]`)
    expect(suite.warnings.map(({ message }) => message)).toContain(
      'a test has a var called `assert`: move `assert` out of `vars`, beside it',
    )
  })

  it('that is not there is a usage error', async () => {
    expect(await refused(readSuite('gone.yaml', { env: {}, cwd: await suiteFolder({}) }))).toMatchObject({
      code: 'usage',
    })
  })

  it('may reach outside the project only when allowed', async () => {
    const cwd = await suiteFolder({
      'p/package.json': '{}',
      'p/suite.yaml': `${TESTS}providers: [echo]\nprompts: [file://../out.txt]\n`,
      'out.txt': 'out',
    })
    expect((await refused(readSuite('p/suite.yaml', { env: {}, cwd }))).message).toMatch(
      /outside the project/,
    )
    const suite = await readSuite('p/suite.yaml', { env: {}, cwd, allowOutside: true })
    expect(suite.prompts[0]).toMatchObject({ raw: 'out', key: '../out.txt' })
  })

  it('carries what a run needs besides', async () => {
    const suite = await readTests(
      `${TESTS}description: d\nenv: {A: 1}\nextensions: [file://x.mjs:beforeAll]\nderivedMetrics: [{name: m, value: a + b}]\nevaluateOptions: {maxConcurrency: 7}\nassay: {repeat: 2}\n`,
    )
    expect(suite).toMatchObject({
      description: 'd',
      env: { A: '1' },
      extensions: ['file://x.mjs:beforeAll'],
      derivedMetrics: [{ name: 'm', value: 'a + b' }],
      maxConcurrency: 7,
      assay: { repeat: 2 },
      serial: false,
    })
  })

  it('with a delay makes one call at a time', async () => {
    expect((await readTests(`${TESTS}evaluateOptions: {delay: 5, maxConcurrency: 7}\n`)).maxConcurrency).toBe(
      1,
    )
  })
})

describe('the order of cells matters', () => {
  const isSerial = async (prompt: string, tests = TESTS): Promise<boolean> =>
    (await readFiles({ 'suite.yaml': `providers: [echo]\nprompts: [${JSON.stringify(prompt)}]\n${tests}` }))
      .serial

  it('when a prompt reads the conversation, not when it only says the word', async () => {
    expect(await isSerial('{% for turn in _conversation %}{{turn.input}}{% endfor %}')).toBe(true)
    expect(await isSerial('the word _conversation is no variable')).toBe(false)
  })

  it('when a test stores its output', async () => {
    expect(
      await isSerial('{{text}}', `${ASSERTED}tests: [{vars: {text: a}, options: {storeOutputAs: x}}]\n`),
    ).toBe(true)
  })
})

describe('the filters of a suite', () => {
  it.each([
    ['a missing file', 'gone.mjs', /file not found/],
    ['no function', 'number.mjs', /no default export that is a function/],
  ])('are refused for %s', async (_, file, message) => {
    const error = await refused(
      readTests(`${TESTS}nunjucksFilters:\n  f: ${file}\n`, { 'number.mjs': 'export default 1' }),
    )
    expect(error.message).toMatch(message)
    expect(placeOf(error)).toBe('suite.yaml:6')
  })
})

describe('a large CSV', () => {
  it('of equal rows keeps them all, and its warnings few', async () => {
    const row = `${'x'.repeat(100)},contains:x\n`
    const suite = await readTests(`${ASSERTED}tests: d.csv`, {
      'd.csv': `text,__expected\n${row.repeat(50_000)}`,
    })
    expect(suite.counts).toMatchObject({ cases: 50_000, duplicates: 49_999 })
    expect(suite.warnings).toHaveLength(6)
    let last = ''
    for await (const { id } of suite.cases()) last = id
    expect(last).toMatch(/#50000$/)
    expect(await collect(await readTests(TESTS))).toHaveLength(1)
  })
})
