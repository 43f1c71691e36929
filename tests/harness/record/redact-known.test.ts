import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KnownSecrets } from '../../../harness/record/known-secrets.ts'
import { literalScan } from '../../../harness/record/literal-scan.ts'

describe('what a process knows to be secret', () => {
  it('is left out of what is printed from then on', () => {
    const known = new KnownSecrets()
    expect(known.redact('say abc-secret-1')).toBe('say abc-secret-1')
    known.add({ env: { A_TOKEN: 'abc-secret-1' } })
    known.add({ secrets: { apiKey: 'first-secret' }, patterns: [String.raw`cust-\d+`] })
    known.add({ secrets: { apiKey: 'second-secret' }, env: { B_TOKEN: 'other-secret' } })
    expect(known.redact('abc-secret-1 first-secret second-secret other-secret cust-7')).toMatch(
      /^\[redacted:A_TOKEN\] \[redacted:apiKey\] \[redacted:apiKey-2\] \[redacted:B_TOKEN\] \[redacted:pattern-[0-9a-f]{4}\]$/,
    )
  })

  it('leaves JSON valid, one value or a line each, whatever a pattern matches', () => {
    const known = new KnownSecrets()
    known.add({ patterns: ['".*"', 'q.*z'] })
    const value = { text: 'say "hello" q}z', n: 1 }
    const clean = JSON.parse(known.redact(`${JSON.stringify(value)}\n`)) as typeof value
    expect(clean.text).toMatch(/^say \[redacted:pattern-[0-9a-f]{4}\] \[redacted:pattern-[0-9a-f]{4}\]$/)
    const lines = known
      .redact(`${JSON.stringify(value)}\n${JSON.stringify([value])}\n`)
      .trimEnd()
      .split('\n')
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([clean, [clean]])
    expect(JSON.parse(known.redact(JSON.stringify(value, undefined, 2)))).toEqual(clean)
    expect(known.redact('{ is "no JSON" }\n')).toMatch(/^\{ is \[redacted:pattern-[0-9a-f]{4}\] \}\n$/)
  })

  it('leaves the ids of runs alone, by which a message names a folder', () => {
    const known = new KnownSecrets()
    known.add({ patterns: [String.raw`\d{4,}`] })
    expect(
      known.redact('finish the run: assay resume runs/x/20260504-100000-123-k3f9, order 123456'),
    ).toMatch(
      /^finish the run: assay resume runs\/x\/20260504-100000-123-k3f9, order \[redacted:pattern-[0-9a-f]{4}\]$/,
    )
  })

  it('does not take a pattern over that cannot be used', () => {
    const known = new KnownSecrets()
    expect(() => known.add({ patterns: ['('] })).toThrow('is not a regular expression')
    expect(known.redact('as before')).toBe('as before')
  })
})

describe('the scan for many words', () => {
  it('finds a text that holds one of them, and no other', () => {
    const word = fc.string({ minLength: 2, maxLength: 8, unit: fc.constantFrom('a', 'b', 'c', 'é', '😀') })
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 1, maxLength: 12 }),
        fc.string({ maxLength: 60, unit: fc.constantFrom('a', 'b', 'c', 'é') }),
        (words, text) => {
          expect(literalScan(words).test(text)).toBe(words.some((each) => text.includes(each)))
        },
      ),
      { seed: 3, numRuns: 2000 },
    )
  })
})
