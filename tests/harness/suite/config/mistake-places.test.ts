import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readConfig } from '../../../../harness/suite/config/read-config.ts'
import { MINIMAL, mistakeIn } from './mistake-table.ts'
import { mistakeOf, placeOf, project } from './mistake.ts'

describe('refuses a suite', () => {
  it('because it is empty, or no map', async () => {
    expect((await mistakeIn('# nothing\n')).message).toBe('the suite is empty')
    expect((await mistakeIn('- a\n')).message).toMatch(/a suite is a map of keys/)
  })

  it('because it is not there, a folder, or no YAML', async () => {
    const root = project({ 'suites/a/suite.yaml': MINIMAL, 'suite.ts': '' })
    const read = (name: string) =>
      mistakeOf(() => readConfig(join(root, name), { env: {}, allowOutside: false }))
    const missing = await read('suites/a/suit.yaml')
    expect(missing.code).toBe('usage')
    expect(missing.message).toMatch(/^suite not found: /)
    expect(missing.hint).toMatch(/did you mean `suite.yaml`/)
    expect((await read('suites/a')).message).toMatch(/is not a file/)
    expect((await read('suite.ts')).message).toMatch(/a suite is a YAML or JSON file/)
  })
})

describe('places a mistake where it is written', () => {
  it('behind a merge key', async () => {
    const error = await mistakeIn(
      `x-base: &b\n  threshold: high\n${MINIMAL}tests:\n  - <<: *b\n    vars: {a: 1}\n`,
    )
    expect(error.message).toMatch(/^tests\[0\]\.threshold: expected a number/)
    expect(placeOf(error)).toBe('2:14')
  })

  it('behind an alias, once for all its uses', async () => {
    const error = await mistakeIn(
      `x-checks: &c\n  - {type: containz, value: x}\n${MINIMAL}tests:\n  - assert: *c\n  - assert: *c\n`,
    )
    expect(error.message).toMatch(/containz/)
    expect(placeOf(error)).toBe('2:12')
    expect(error.others).toEqual([])
  })

  it('behind a $ref, in the file it names, and frames that file', async () => {
    const error = await mistakeIn(`${MINIMAL}tests: [{$ref: more.yaml#/one}]\n`, {
      'more.yaml': '# more\none:\n  vars: {a: 1}\n  asserts: []\n',
    })
    expect(error.at?.file).toMatch(/more\.yaml$/)
    expect(placeOf(error)).toBe('4:3')
    expect(error.frame).toContain('> 4 |   asserts: []')
    expect(error.frame).toContain('    |   ^')
  })

  it('in a string that {{env.X}} changed', async () => {
    const error = await mistakeIn(
      `${MINIMAL}tests:\n  - assert: [{type: "cont{{ 'x' or env.Y }}", value: x}]\n`,
    )
    expect(placeOf(error)).toBe('4:21')
  })
})

describe('tells many mistakes at once', () => {
  it('in the order they stand, the first with its frame', async () => {
    const error = await mistakeIn(
      `desciption: x\n${MINIMAL}tests:\n  - {vars: 5, asserts: [], threshold: x}\nassay: {repeat: 0}\n`,
    )
    expect(error.message).toBe('unknown key `desciption`')
    expect(error.others.map((other) => [placeOf(other), other.message])).toEqual([
      ['5:12', 'tests[0].vars: expected a map of vars, or the name of a file with vars, got the number 5'],
      ['5:15', 'tests[0]: unknown key `asserts`'],
      ['5:39', 'tests[0].threshold: expected a number, got the text "x"'],
      ['6:17', 'assay.repeat: expected a whole number of at least 1, got the number 0'],
    ])
    expect(error.format()).toMatch(
      /^error: .*suite\.yaml:1:1: unknown key `desciption`\n[^]*\nhint: did you mean/,
    )
    expect(error.format()).toContain(
      'suite.yaml:5:15: tests[0]: unknown key `asserts`\nhint: did you mean `assert`?',
    )
  })

  it('up to ten', async () => {
    const tests = Array.from({ length: 30 }, (_, n) => `  - {vars: {}, bad${n}: 1}`).join('\n')
    expect((await mistakeIn(`${MINIMAL}tests:\n${tests}\n`)).others).toHaveLength(9)
  })
})
