import { describe, expect, it } from 'vitest'
import { assertionFromText } from '../../../harness/suite/tests/assertion-shorthand.ts'
import { splitValues } from '../../../harness/suite/tests/comma-values.ts'
import { parseFiniteNumber } from '../../../harness/suite/tests/finite-number.ts'

describe('an assertion in a cell', () => {
  it.each([
    ['hello', { type: 'equals', value: 'hello' }],
    ['containz: x', { type: 'equals', value: 'containz: x' }],
    ['javascript: output > 1 ', { type: 'javascript', value: 'output > 1' }],
    ['fn:output', { type: 'javascript', value: 'output' }],
    ['eval: 1', { type: 'javascript', value: '1' }],
    ['file://check.ts', { type: 'javascript', value: 'file://check.ts' }],
    ['file://data.txt', { type: 'equals', value: 'file://data.txt' }],
    ['grade: is kind', { type: 'llm-rubric', value: ' is kind' }],
    ['llm-rubric:is kind', { type: 'llm-rubric', value: 'is kind' }],
    ['python: 1', { type: 'python', value: '1' }],
    ['file://check.py:fn', { type: 'python', value: 'check.py:fn' }],
    ['contains:  x ', { type: 'contains', value: 'x' }],
    ['not-contains:x', { type: 'not-contains', value: 'x' }],
    ['contains:a:b\nc', { type: 'contains', value: 'a:b\nc' }],
    ['is-json', { type: 'is-json', value: undefined }],
    ['contains-json: {"a": 1} ', { type: 'contains-json', value: ' {"a": 1} ' }],
    ['contains-any:a, "b, c"', { type: 'contains-any', value: ['a', 'b, c'] }],
    ['icontains-all', { type: 'icontains-all', value: undefined }],
    ['similar:x', { type: 'similar', value: 'x', threshold: 0.8 }],
    ['similar(0.5):x', { type: 'similar', value: 'x', threshold: 0.5 }],
    ['similar(0):x', { type: 'similar', value: 'x', threshold: 0 }],
    ['levenshtein:x', { type: 'levenshtein', value: 'x', threshold: 0.75 }],
    ['latency(200)', { type: 'latency', value: undefined, threshold: 200 }],
    ['starts-with:x', { type: 'starts-with', value: 'x', threshold: 0.75 }],
    ['regex(0.5):x', { type: 'regex', value: 'x' }],
    ['similar(.5):x', { type: 'equals', value: 'similar(.5):x' }],
    ['not-similar(0.2):x', { type: 'not-similar', value: 'x', threshold: 0.2 }],
  ])('%s', (text, assertion) => {
    expect(assertionFromText(text)).toEqual(assertion)
  })
})

describe('values apart by commas', () => {
  it.each([
    ['a,b', ['a', 'b']],
    [' a , b ', ['a', 'b']],
    [',,a,,', ['a']],
    ['"a, b",c', ['a, b', 'c']],
    ['"say ""hi""" , c', ['say "hi"', 'c']],
    [String.raw`"a\"b\\c\d"`, [String.raw`a"b\c\d`]],
    ['a"b",c', ['a"b"', 'c']],
    ['""', ['']],
    ['', []],
  ])('%s', (text, values) => {
    expect(splitValues(text)).toEqual(values)
  })

  it('refuses a quote that is not closed, and text after one that is', () => {
    expect(() => splitValues('a,"b')).toThrow(/not closed: "b/)
    expect(() => splitValues('"\\"')).toThrow(/not closed/)
    expect(() => splitValues('"a"b')).toThrow(/comma after a quoted value: b/)
  })
})

describe('a number in a cell', () => {
  it.each([
    ['0', 0],
    [' 0.5 ', 0.5],
    ['-.5', -0.5],
    ['1e3', 1000],
    ['', undefined],
    ['0.5x', undefined],
    ['1e999', undefined],
    ['Infinity', undefined],
    ['0x10', undefined],
  ])('%s', (text, value) => {
    expect(parseFiniteNumber(text)).toBe(value)
  })
})
