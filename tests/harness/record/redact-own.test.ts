import { describe, expect, it } from 'vitest'
import { isOwn } from '../../../harness/record/own-words.ts'
import { makeRedactor } from '../../../harness/record/redact.ts'
import { publishedSchemas } from '../../../harness/record/schema/published.ts'
import { makeRunId } from '../../../harness/record/run-id.ts'

/** Every word that a field of the record may be made of, by the published schemas. */
function wordsIn(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(wordsIn)
  if (typeof schema !== 'object' || schema === null) return []
  const { const: constant, enum: options = [], ...rest } = schema as { const?: unknown; enum?: unknown[] }
  const own = [constant, ...(Array.isArray(options) ? options : [])].filter(
    (word) => typeof word === 'string',
  )
  return [...own, ...Object.values(rest).flatMap(wordsIn)]
}

describe('a pattern of the suite', () => {
  it('leaves every word alone that the record is read by', () => {
    const words = [...publishedSchemas().values()].flatMap((text) => wordsIn(JSON.parse(text)))
    expect(words.length).toBeGreaterThan(50)
    expect(words.filter((word) => !isOwn(word))).toEqual([])
    const redact = makeRedactor({ patterns: ['.+'] })
    expect(redact(JSON.stringify(words))).toBe(JSON.stringify(words))
  })

  it('leaves times, hashes, commits and the ids of runs alone, whole ones only', () => {
    const id = makeRunId(new Date('2026-05-04T10:00:00.123Z'), () => 0.5)
    const own = ['2026-05-04T10:00:00.123Z', id, '0'.repeat(32), 'a'.repeat(40), '1'.repeat(64)]
    const redact = makeRedactor({ patterns: [String.raw`\d{4,}`, 'a{5,}'] })
    expect(redact(JSON.stringify(own))).toBe(JSON.stringify(own))
    expect(redact(JSON.stringify(`the run ${id} of 2026`))).toMatch(
      new RegExp(`^"the run ${id} of \\[redacted:pattern-[0-9a-f]{4}\\]"$`),
    )
  })

  it('is named after what it says: another one before it changes nothing', () => {
    const line = JSON.stringify({ a: 'call 555-0100' })
    expect(makeRedactor({ patterns: ['zzz', String.raw`555-\d+`] })(line)).toBe(
      makeRedactor({ patterns: [String.raw`555-\d+`] })(line),
    )
  })
})

describe('a password that is a word of the record', () => {
  it('does not make the record unreadable', () => {
    const redact = makeRedactor({ env: { DB_PASSWORD: 'throttled' } })
    expect(redact('{"kind":"throttled","message":"is throttled"}')).toBe(
      '{"kind":"throttled","message":"is [redacted:DB_PASSWORD]"}',
    )
  })
})
