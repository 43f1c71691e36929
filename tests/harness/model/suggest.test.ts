import { describe, expect, it } from 'vitest'
import { didYouMean, isMisspelt, suggest } from '../../../harness/model/suggest.ts'

const keys = ['assert', 'vars', 'options', 'metadata', 'threshold', 'assertScoringFunction']

describe('suggest', () => {
  it.each([
    ['asserts', 'assert'],
    ['assrt', 'assert'],
    ['Assert', 'assert'],
    ['var', 'vars'],
    ['treshhold', 'threshold'],
    ['meta_data', 'metadata'],
    ['assert_scoring_function', 'assertScoringFunction'],
  ])('finds for %s what was meant', (typed, meant) => {
    expect(suggest(typed, keys)).toBe(meant)
    expect(didYouMean(typed, keys)).toBe(`did you mean \`${meant}\`?`)
  })

  it.each(['x', 'weather', '', 'providers'])('finds nothing for %j', (typed) => {
    expect(suggest(typed, keys)).toBeUndefined()
    expect(didYouMean(typed, keys)).toBeUndefined()
  })

  it('finds nothing among nothing', () => {
    expect(suggest('assert', [])).toBeUndefined()
  })
})

describe('isMisspelt', () => {
  it('takes a slip for the known word, and a word of its own for that', () => {
    expect(isMisspelt('dissableVarExpansion', 'disableVarExpansion')).toBe(true)
    expect(isMisspelt('disable_var_expansion', 'disableVarExpansion')).toBe(true)
    expect(isMisspelt('temperature', 'transform')).toBe(false)
    expect(isMisspelt('reseat', 'repeat')).toBe(true)
    expect(isMisspelt('top_p', 'repeat')).toBe(false)
    expect(isMisspelt('fix', 'prefix')).toBe(false)
  })
})
