import { describe, expect, it } from 'vitest'
import { ASSERTED, placeOf, readTests, refused } from './suite-folder.ts'

const read = (assay: string): ReturnType<typeof readTests> =>
  readTests(`${ASSERTED}tests: [{vars: {text: a}}]\nassay:\n  ${assay}\n`)

describe('the gate', () => {
  it('may ship columns that are there, by either half', async () => {
    await expect(
      read(`gate: {ship: [{prompt: prompt-1, provider: echo}, {provider: echo}]}`),
    ).resolves.toBeDefined()
  })

  it('that ships a column that is not there is refused before anything is called', async () => {
    const error = await refused(read('gate: {ship: [{provider: ecco}]}'))
    expect([error.code, placeOf(error), error.message, error.hint]).toEqual([
      'suite',
      'suite.yaml:6',
      'assay.gate.ship: there is no provider `ecco`',
      'did you mean `echo`?',
    ])
    expect((await refused(read('gate: {ship: [{prompt: zero}]}'))).message).toBe(
      'assay.gate.ship: there is no prompt `zero`',
    )
  })
})

describe('a tag that must pass', () => {
  const tagged = (tag: string): ReturnType<typeof readTests> =>
    readTests(
      `${ASSERTED}tests: [{vars: {text: a}, metadata: {tags: [critical]}}]\nassay:\n  gate: {mustPass: {tag: ${tag}}}\n`,
    )

  it('may be one that a case has', async () => {
    await expect(tagged('critical')).resolves.toBeDefined()
  })

  it('is refused when no case has it, before anything is called', async () => {
    const error = await refused(tagged('critcal'))
    expect([error.code, error.message, error.hint]).toEqual([
      'suite',
      'assay.gate.mustPass: no case has the tag `critcal`',
      'did you mean `critical`?',
    ])
    expect(placeOf(error)).toBe('suite.yaml:6')
  })
})

describe('a setting that is read but not acted on', () => {
  it.each([
    ['budget: {usd: 1}', 'budget'],
    ['feedback: {maxAttempts: 3}', 'feedback'],
    ["limits: {'*': {rpm: 5}}", 'limits.*.rpm'],
    ['gate: {confirm: 5}', 'gate.confirm'],
  ])('is told of: %s', async (yaml, key) => {
    expect((await read(yaml)).warnings.map(({ message }) => message)).toEqual([
      `\`assay.${key}\` has no effect yet`,
    ])
  })

  it('is not seen in one that is', async () => {
    expect((await read("limits: {'*': {concurrency: 5}}")).warnings).toEqual([])
  })
})
