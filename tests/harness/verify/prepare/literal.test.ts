import * as fc from 'fast-check'
import nunjucks from 'nunjucks'
import { describe, expect, it } from 'vitest'
import { exactly, isTemplate } from '../../../../harness/verify/prepare/literal.ts'

const engine = new nunjucks.Environment(null, { autoescape: false })
const part = fc.constantFrom(
  '{{',
  '}}',
  '{%',
  '%}',
  '{#',
  '#}',
  '"',
  '\\',
  '\n',
  '\r',
  '\u2028',
  ' ',
  '-',
  'raw',
  'endraw',
  'a',
  '\ud800',
)
const text = fc.oneof(
  fc.string(),
  fc.array(part, { maxLength: 12 }).map((parts) => parts.join('')),
)

describe('exactly', () => {
  it('makes nunjucks give back any text as it is', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(engine.renderString(exactly(value) as string, {})).toBe(value)
      }),
      { numRuns: 5000, seed: 7 },
    )
  })

  it('leaves alone what nunjucks copies, and only that', () => {
    fc.assert(
      fc.property(text, (value) => {
        const copied = isTemplate(value) || engine.renderString(value, {}) === value
        expect(copied).toBe(true)
      }),
      { numRuns: 5000, seed: 8 },
    )
  })

  it('quotes the texts in a list, and keeps everything else', () => {
    expect(exactly(['{{ a }}', 3, 'b'])).toEqual(['{{ "{{ a }}" }}', 3, 'b'])
    expect(exactly({ a: '{{ b }}' })).toEqual({ a: '{{ b }}' })
  })
})
