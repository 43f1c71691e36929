import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeRedactor } from '../../harness/record/redact.ts'
import { PieceRedactor } from '../../scripts/piece-redactor.ts'

const redactor = makeRedactor({ env: { A_KEY: 'hunter2hunter2' } })
const redact = (text: string): string => redactor.text(text)

describe('text that is printed in pieces', () => {
  it('holds no secret, wherever it was cut, and nothing else is lost', () => {
    const words = fc.constantFrom(
      'hunter2hunter2',
      'hunter2',
      '\n',
      ' and ',
      'AKIAIOSFODNN7EXAMPLE',
      'héllo',
      '\r',
    )
    const text = fc.array(words, { maxLength: 20 }).map((parts) => parts.join(''))
    const cuts = fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 30 })
    fc.assert(
      fc.property(text, cuts, (whole, lengths) => {
        const pieces = new PieceRedactor(redact)
        let printed = ''
        let rest = whole
        for (let i = 0; rest !== ''; i++) {
          const length = (lengths[i % lengths.length] ?? 0) + 1
          printed += pieces.write(rest.slice(0, length))
          rest = rest.slice(length)
        }
        printed += pieces.end()
        expect(printed).toBe(whole.split('\n').map(redact).join('\n'))
      }),
      { seed: 5, numRuns: 300 },
    )
  })

  it('comes out line by line, what is left of one at the end', () => {
    const pieces = new PieceRedactor(redact)
    expect(pieces.write('a\nb hunter2')).toBe('a\n')
    expect(pieces.write('hunter2\nc')).toBe('b [redacted:A_KEY]\n')
    expect(pieces.end()).toBe('c')
    expect(pieces.end()).toBe('')
  })

  it('keeps a private key back until its last line', () => {
    const pieces = new PieceRedactor(redact)
    expect(pieces.write('before\n-----BEGIN PRIVATE KEY-----\n')).toBe('before\n')
    expect(pieces.write('MIIEvQIBADANBg\nkqhkiG9w0BAQ\n')).toBe('')
    expect(pieces.write('-----END PRIVATE KEY-----\nafter\n')).toBe('[redacted:private-key]\nafter\n')
  })

  it('is not held for ever where no line ends', () => {
    const pieces = new PieceRedactor(redact)
    expect(pieces.write('x'.repeat(70_000))).toHaveLength(70_000)
  })
})
