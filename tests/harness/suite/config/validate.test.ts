import { describe, expect, it } from 'vitest'
import {
  validateAssertion,
  validateDefaultTest,
  validateProvider,
  validateScenario,
  validateTestCase,
} from '../../../../harness/suite/config/schema/validate.ts'
import { mistakeOf } from './mistake.ts'

const at = { file: '/data/cases.jsonl', line: 7 }

describe('a value that no YAML file holds', () => {
  it('is returned as the very object that was given', () => {
    const test = { vars: { a: 1 }, assert: [{ type: 'equals', value: 1 }] }
    expect(validateTestCase(test, at)).toBe(test)
  })

  it('has its mistakes at the line it came from, with the path inside', async () => {
    const error = await mistakeOf(() => validateTestCase({ vars: {}, assert: [{ type: 'containz' }] }, at))
    expect(error.at).toEqual(at)
    expect(error.message).toBe('assert[0].type: unknown assertion type `containz`')
    expect(error.hint).toBe('did you mean `contains`?')
  })

  it('may hold functions where a generator wrote them', () => {
    const check = () => true
    const test = { vars: {}, assert: [{ type: 'javascript', value: check }], options: { transform: check } }
    expect(validateTestCase(test, at)).toBe(test)
  })

  it.each([
    ['a test that is text', () => validateTestCase('x', at), /expected a map, got the text "x"/],
    ['a test that is nothing', () => validateTestCase(null, at), /expected a map, got nothing/],
    ['a test that is a list', () => validateTestCase([], at), /expected a map, got an empty list/],
    ['a scenario without config', () => validateScenario({ tests: [] }, at), /missing `config`/],
    ['a provider without an id', () => validateProvider({ label: 'x' }, at), /missing `id`/],
    ['an assertion without a type', () => validateAssertion({ value: 1 }, at), /missing `type`/],
    ['a default test that is a list', () => validateDefaultTest([], at), /expected a map/],
  ])('is refused: %s', async (_, action, message) => {
    const error = await mistakeOf(action)
    expect(error.message).toMatch(message)
    expect(error.at).toEqual(at)
  })

  it('needs no substance where it only fills in for others', () => {
    expect(validateDefaultTest({ description: 'x' }, at)).toEqual({ description: 'x' })
    expect(validateScenario({ config: [{}], tests: 'file://t.csv' }, at)).toBeDefined()
  })
})
