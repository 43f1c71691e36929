import { describe, expect, it } from 'vitest'
import { patternShape, stepBound } from '../../../../harness/verify/regex/step-bound.ts'

describe('patternShape', () => {
  it.each(['(a+)+', '(a|b)*', '(ab){2,}', '(?=a)b', '(?<=a)b', '(?<n>a)', '(a)\\1', '\\k<n>', '(?i:a)'])(
    'gives up on %s: no product bounds it',
    (pattern) => {
      expect(patternShape(pattern)).toBeUndefined()
    },
  )

  it.each([
    ['^(positive|negative|neutral)$', [], 3],
    ['(a|b)(c|d)', [], 4],
    ['(a|(b|c))', [], 4],
    ['\\d+-[^)*]{2,5}', [Infinity, 5], 1],
    ['a|b|c', [], 3],
    ['(ab)?c', [1], 1],
    ['a{1,99999999999999999999999999}', [1e26], 1],
    ['\\(a+\\)', [Infinity], 1],
    ['a{x}', [], 1],
  ])('takes %s apart', (pattern, repeats, branches) => {
    expect(patternShape(pattern)).toMatchObject({ repeats, branches })
  })
})

describe('stepBound', () => {
  const bound = (pattern: string, length: number): number => {
    const shape = patternShape(pattern)
    return shape === undefined ? Infinity : stepBound(shape, length)
  }

  it('grows by the power of the text that a pattern’s repeats can cost', () => {
    expect(bound('.*.*.*x', 1000)).toBeGreaterThan(1000 ** 4)
    expect(bound('^abc$', 1000)).toBeLessThan(1e5)
  })

  it('doubles with every group that has two ways', () => {
    expect(bound('(a|a)'.repeat(30), 30)).toBeGreaterThan(2 ** 30)
  })
})
