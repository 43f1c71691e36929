import { describe, expect, it } from 'vitest'
import { caseLabel } from '../../../harness/analyze/case-label.ts'

const cell = {
  id: 'x',
  caseId: '5041bf1f713df204784353e82f6a4a53',
  prompt: 'p',
  provider: 'm',
  repeat: 0,
  vars: {},
  source: { file: 'suite.yaml', line: 3 },
}

describe('the label of a case', () => {
  it('is its description, shortened', () => {
    expect(caseLabel({ ...cell, description: 'a long story' }, 6)).toBe('a lon…')
  })

  it('is its first three variables where it has none, each on one line and short', () => {
    const vars = { q: 'why\n  not', n: 7, list: ['a'], more: 'left out', long: 'x'.repeat(99) }
    expect(caseLabel({ ...cell, vars }, 300)).toBe('q: why not, n: 7, list: ["a"]')
    expect(caseLabel({ ...cell, vars: { long: 'x'.repeat(99) } }, 300)).toBe(`long: ${'x'.repeat(39)}…`)
  })

  it('is left to the id where that was written, and where there is nothing to show', () => {
    const written = { ...cell, caseId: 'mail-7', metadata: { id: 'mail-7' }, vars: { q: 'why' } }
    expect(caseLabel(written, 300)).toBeUndefined()
    expect(caseLabel(cell, 300)).toBeUndefined()
  })
})
