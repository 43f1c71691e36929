import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeRedactor } from '../../../harness/record/redact.ts'

/** Ways to write a value that holds no lone surrogate. */
const FORMS: Readonly<Record<string, (value: string) => string>> = {
  'as it is': (value) => value,
  'in JSON': (value) => inJson(value),
  'in JSON in JSON': (value) => inJson(inJson(value)),
  'in JSON in JSON in JSON': (value) => inJson(inJson(inJson(value))),
  'in JSON of ASCII': (value) => inJson(value).replaceAll(/[^\x20-\x7e]/g, unicodeEscape),
  'in JSON that escapes slashes': (value) => inJson(value).replaceAll('/', String.raw`\/`),
  'in a URL': (value) => encodeURIComponent(value),
  'in a URL, in small letters': (value) =>
    encodeURIComponent(value).replaceAll(/%../g, (hex) => hex.toLowerCase()),
  'in a form': (value) => new URLSearchParams({ v: value }).toString().slice(2),
  'in HTML': (value) => value.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] as string),
  'in XML, by number': (value) =>
    value.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`),
}
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function inJson(value: string): string {
  return JSON.stringify(value).slice(1, -1)
}

function unicodeEscape(character: string): string {
  return String.raw`\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

const password = fc
  .string({ minLength: 8, maxLength: 40, unit: 'grapheme' })
  .filter((text) => text.trim() === text && text.length >= 8 && text.isWellFormed())
/** Escapes that lie next to each other. */
const hostile = fc.string({
  minLength: 8,
  maxLength: 24,
  unit: fc.constantFrom('\\', '"', '/', '\n', 'n', 'u', '0', '%', '&', ';', ' '),
})
const secret = fc.oneof(
  password,
  hostile.filter((text) => text.trim() === text),
)

describe('a known value', () => {
  it.each(Object.entries(FORMS))('is found %s', (_, form) => {
    fc.assert(
      fc.property(secret, (value) => {
        const redact = makeRedactor({ secrets: { pin: value } })
        expect(redact.text(`<${form(value)}>`)).toBe('<[redacted:pin]>')
      }),
      { seed: 11, numRuns: 300 },
    )
  })

  it('is found in base64, whatever stands before and after it there, in both alphabets', () => {
    const around = fc.string({ maxLength: 20 })
    fc.assert(
      fc.property(
        secret,
        around,
        around,
        fc.constantFrom('base64', 'base64url'),
        (value, before, after, encoding) => {
          const encoded = Buffer.from(before + value + after).toString(encoding)
          const clean = makeRedactor({ secrets: { pin: value } }).text(`<${encoded}>`)
          expect(clean).toContain('[redacted:pin]')
          // What is left of it at either end is a part of one character.
          const left = clean.replace('[redacted:pin]', '').length - 2
          expect(left).toBeLessThanOrEqual(Math.ceil((Buffer.byteLength(before + after) * 4) / 3) + 8)
        },
      ),
      { seed: 11, numRuns: 500 },
    )
  })

  it('is found in base64 that is escaped in a URL', () => {
    const value = '>>>???<<<~~~1'
    const encoded = encodeURIComponent(btoa(`user:${value}`))
    expect(encoded).toMatch(/%2[BF]/)
    expect(makeRedactor({ secrets: { pin: value } }).text(encoded)).toContain('[redacted:pin]')
  })

  it('that has several lines is found line by line, too', () => {
    const pem = `-----BEGIN X-----\n${'MIIEvQIBADANBg1'.repeat(4)}\n${'kqhkiG9w0BAQ2'.repeat(4)}\n-----END X-----`
    const redact = makeRedactor({ env: { TLS_KEY: pem } })
    for (const line of pem.split('\n').slice(1, 3))
      expect(redact.text(`> ${line}`)).toBe('> [redacted:TLS_KEY]')
  })

  it('of thousands of characters is found, in pieces where it is wrapped', () => {
    const value = Array.from({ length: 600 }, (_, i) => `k${i * 7919}x`).join('"')
    const redact = makeRedactor({ env: { LONG_TOKEN: value } })
    expect(redact.text(`<${value}>`)).toMatch(/^<(?:\[redacted:LONG_TOKEN\])+>$/)
    expect(redact(JSON.stringify({ a: value }))).toMatch(/^\{"a":"(?:\[redacted:LONG_TOKEN\])+"\}$/)
  })

  it('is told among hundreds', () => {
    const env = Object.fromEntries(
      Array.from({ length: 300 }, (_, i) => [`K${i}_TOKEN`, `value-${i}-of-${i * 31}`]),
    )
    const redact = makeRedactor({ env })
    expect(redact.text('say value-217-of-6727 now')).toBe('say [redacted:K217_TOKEN] now')
    expect(redact.text('say value-217-of-1 now')).toBe('say value-217-of-1 now')
  })

  it('costs no time that grows with the square, or the power, of backslashes', () => {
    const env = { A_KEY: String.raw`\\\\\\\\"\"\"\"x1`, B_KEY: String.raw`p\"\"\"\"\"\"\"\"2` }
    const redact = makeRedactor({ env })
    for (const text of ['\\'.repeat(1e6), '\\"'.repeat(5e5), `p${'\\'.repeat(1e6)}`])
      expect(redact.text(text)).toBe(text)
  })
})

describe('a value that was cut', () => {
  const redact = makeRedactor({ env: { A_TOKEN: 'abcdef"123456', B_TOKEN: 'abcdef"1-long-one' } })

  it('is taken out in front of the mark of the cut, as far as it goes', () => {
    expect(redact.text('key abcdef"12…')).toBe('key [redacted:A_TOKEN]…')
    expect(redact.text('key abcdef"1-lo… and abcdef"12345… more')).toBe(
      'key [redacted:B_TOKEN]… and [redacted:A_TOKEN]… more',
    )
    expect(redact(JSON.stringify({ a: JSON.stringify('abcdef"1234').slice(0, -1) + '…' }))).toBe(
      JSON.stringify({ a: '"[redacted:A_TOKEN]…' }),
    )
  })

  it('is left alone where too little is left to tell, and elsewhere', () => {
    for (const text of ['key abcdef"…', 'key abcdef"12345', '… abcdef"12', '…'])
      expect(redact.text(text)).toBe(text)
  })
})

describe('a record that is redacted twice', () => {
  it('is the same as once', () => {
    const redact = makeRedactor({
      env: { A_TOKEN: 'abcdef123456' },
      patterns: ['pattern', 'redacted', 'A_\\w+'],
    })
    const once = redact(JSON.stringify({ a: 'my abcdef123456, AKIAIOSFODNN7EXAMPLE and a pattern' }))
    expect(redact(once)).toBe(once)
  })
})
