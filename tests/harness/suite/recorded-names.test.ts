import { describe, expect, it } from 'vitest'
import { makeRedactor } from '../../../harness/record/redact.ts'
import { shortDigest } from '../../../harness/suite/cases/identity.ts'
import { recordedId, withRecordedKeys } from '../../../harness/suite/recorded-names.ts'

const redact = makeRedactor({ patterns: [String.raw`cust-\d+`] })

describe('names in the record', () => {
  it('hold no number of an account, and stay different', () => {
    const arn = (account: string) => `bedrock:arn:aws:bedrock:us-east-1:${account}:inference-profile/x`
    const named = [{ key: arn('123456789012') }, { key: 'flash', more: 1 }, { key: arn('210987654321') }]
    const recorded = withRecordedKeys(named, redact)
    expect(recorded.map(({ key }) => key)).toEqual([
      arn('[redacted:aws-account]'),
      'flash',
      `${arn('[redacted:aws-account]')}-2`,
    ])
    expect(recorded[1]).toBe(named[1])
  })

  it('of cases become a digest where they hold what is taken out', () => {
    expect(recordedId('cust-17', redact)).toBe(shortDigest('cust-17'))
    expect(recordedId('case-17', redact)).toBe('case-17')
    expect(recordedId(17, redact)).toBe(17)
    expect(recordedId(undefined, redact)).toBeUndefined()
    expect(recordedId('cust-17', undefined)).toBe('cust-17')
  })
})
