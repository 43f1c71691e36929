import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HarnessError } from '../../../harness/model/errors.ts'
import { makeRedactor, type RedactOptions } from '../../../harness/record/redact.ts'

/** What becomes of one string inside a JSON line. */
function redacted(text: string, options: RedactOptions = {}): unknown {
  return (JSON.parse(makeRedactor(options)(JSON.stringify({ output: text }))) as { output: unknown }).output
}

const PEM = '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA7+/=\nabc\n-----END RSA PRIVATE KEY-----'

describe('well-known credentials', () => {
  it.each([
    ['sk-ant-api03-AbCdEfGhIjKlMnOpQrStUvWxYz-0123456789', '[redacted:anthropic-key]'],
    ['sk-proj-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789', '[redacted:api-key]'],
    ['key=sk-abcdefghijklmnopqrstuvwxyz012345.', 'key=[redacted:api-key].'],
    ['AKIAIOSFODNN7EXAMPLE', '[redacted:aws-key-id]'],
    ['ASIAIOSFODNN7EXAMPLE', '[redacted:aws-key-id]'],
    [`AIza${'aB3_-'.repeat(7)}`, '[redacted:google-key]'],
    [`ghp_${'aB3'.repeat(12)}`, '[redacted:github-token]'],
    [`github_pat_${'aB3_'.repeat(12)}`, '[redacted:github-token]'],
    ['xoxb-123456789012-abcdef', '[redacted:slack-token]'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmN', '[redacted:jwt]'],
    ['Authorization: Bearer abcdef0123456789abcdef', 'Authorization: Bearer [redacted:bearer-token]'],
    ['https://user:s3cr3t@host/path', 'https://user:[redacted:url-password]@host/path'],
    [`before ${PEM} after`, 'before [redacted:private-key] after'],
    ['-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg', '[redacted:private-key]'],
    ['arn:aws:iam::123456789012:role/x', 'arn:aws:iam::[redacted:aws-account]:role/x'],
    [`ABSK${'QmVkcm9ja0FQSUtleS1h'.repeat(4)}==`, '[redacted:bedrock-key]'],
    [`key bedrock-api-key-${'YmVkcm9jay5hbWF6b25hd3Mu'.repeat(3)}=`, 'key [redacted:bedrock-key]'],
    [`token: IQoJb3JpZ2luX2VjE${'Ab3+/xYz'.repeat(20)}==`, 'token: [redacted:aws-session-token]'],
    [`FwoGZXIvYXdzEBAa${'Ab3+/xYz'.repeat(20)}`, '[redacted:aws-session-token]'],
    [
      `X-Amz-Security-Token=IQoJb3JpZ2luX2VjE${'Ab3%2BxY%2Fz'.repeat(20)}%3D%3D&X-Amz-Expires=60`,
      'X-Amz-Security-Token=[redacted:aws-session-token]&X-Amz-Expires=60',
    ],
    [
      `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260504/us-east-1/bedrock/aws4_request, SignedHeaders=host;x-amz-date, Signature=${'0af1'.repeat(16)}`,
      'AWS4-HMAC-SHA256 Credential=[redacted:aws-key-id]/20260504/us-east-1/bedrock/aws4_request, SignedHeaders=host;x-amz-date, Signature=[redacted:aws-signature]',
    ],
    [
      `https://x.amazonaws.com/?X-Amz-Credential=rehearsal%2F20260504%2Fus-east-1%2Fbedrock%2Faws4_request&X-Amz-Signature=${'0af1'.repeat(16)}`,
      'https://x.amazonaws.com/?X-Amz-Credential=[redacted:aws-key-id]%2F20260504%2Fus-east-1%2Fbedrock%2Faws4_request&X-Amz-Signature=[redacted:aws-signature]',
    ],
    [`gsk_${'aB3'.repeat(16)}`, '[redacted:api-key]'],
    [`hf_${'aBc'.repeat(11)}d`, '[redacted:api-key]'],
    [`xai-${'aB3'.repeat(20)}`, '[redacted:api-key]'],
    [`ya29.a0${'aB3_-'.repeat(10)}`, '[redacted:google-token]'],
    [
      'https://hooks.slack.com/services/T0000000/B0000000/abcdefghijklmnop',
      'https://hooks.slack.com/services/[redacted:slack-webhook]',
    ],
    [
      'GET /v1beta/models/x?alt=sse&key=a1b2c3d4e5f6g7h8i9 HTTP/1.1',
      'GET /v1beta/models/x?alt=sse&key=[redacted:url-parameter] HTTP/1.1',
    ],
  ])('are taken out: %s', (text, expected) => {
    expect(redacted(text)).toBe(expected)
    expect(makeRedactor({}).text(text)).toBe(expected)
  })

  it('are found after a line break, and in JSON inside JSON', () => {
    expect(redacted('first\nAKIAIOSFODNN7EXAMPLE')).toBe('first\n[redacted:aws-key-id]')
    const inner = JSON.stringify({ log: 'first\nAKIAIOSFODNN7EXAMPLE', pem: PEM })
    expect(JSON.parse(redacted(inner) as string)).toEqual({
      log: 'first\n[redacted:aws-key-id]',
      pem: '[redacted:private-key]',
    })
  })

  it('are found in object keys', () => {
    expect(makeRedactor({})('{"AKIAIOSFODNN7EXAMPLE":1}')).toBe('{"[redacted:aws-key-id]":1}')
  })
})

describe('ordinary text', () => {
  it.each([
    'The task-force-12345678901234567890 met the desk-clerk at 10.',
    'scikit: sk-learn-pipeline-with-2-steps-and-more',
    'bearer of good tidings, bearer responsibilities 1',
    'http://localhost:8080/a@b and mailto:bob@example.com at 10:30@home',
    'sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'e3b0c44298fc1c149afbf4c8996fb924',
    'iVBORw0KGgoAAAANSUhEUgAAAAUAAKIAIOSFODNN7EXAMPLEAAAA8AKIAIOSFODNN7EXAMPLEQ==',
    'Order 123456789012 costs 12.50; arn:aws:s3:::bucket/key',
    'The -----BEGIN of a thing',
    'anthropic.claude-sonnet-4-5-20250929-v1:0 and us.amazon.nova-lite-v1:0, gpt-4o-mini-2024-07-18',
    'a UUID, 123e4567-e89b-12d3-a456-426614174000, and a date, 2026-05-04T10:00:00.000Z',
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUABSKFwoGZXIvYXdzAAAAB3RJTUUH5AcBDg0uIQoJb3JpZ2luAAAAC0lEQVQI12NgAAIAAAUAAeImBZsAAAAASUVORK5CYII=',
    'https://example.com/articles?id=2026&page=3&key=intro#token=none',
    'bedrock-api-key-rotation-is-described-below',
    'Credential=none; Signature=pending',
  ])('is left alone: %s', (text) => {
    expect(redacted(text)).toBe(text)
  })

  it('is left alone byte for byte beside a secret', () => {
    const line = String.raw`{"a": "x\u0041\/y",  "n": 1.50, "s":"AKIAIOSFODNN7EXAMPLE"}`
    expect(makeRedactor({})(line)).toBe(line.replace('AKIAIOSFODNN7EXAMPLE', '[redacted:aws-key-id]'))
  })

  it('may be 10 MB of beginnings without costing quadratic time or the stack', () => {
    const beginnings = [
      'sk-',
      'eyJ',
      'eyJabcdefghijk.',
      '-----BEGIN PRIVATE KEY-----',
      '://a:',
      'Bearer ',
      'arn:aws:',
      'api_key=',
      'password: ',
      'Basic ',
      'Cookie: a=',
      'Signature=',
      'ABSK',
      'IQoJb3JpZ2lu',
      '?key=',
      'authorization: ',
      'bedrock-api-key-',
    ]
    for (const beginning of beginnings) {
      const text = beginning.repeat(Math.ceil(1e7 / beginning.length))
      expect(typeof redacted(text)).toBe('string')
    }
    expect(redacted(`eyJ${'a'.repeat(1e7)}`)).toHaveLength(1e7 + 3)
  })
})

describe('the environment', () => {
  const env = { OPENAI_API_KEY: 'plain-words-8', PATH: '/usr/local/bin', SHORT_KEY: 'abc' }

  it('gives the values whose names say that they are secret', () => {
    expect(redacted('uses plain-words-8 in /usr/local/bin, abc', { env })).toBe(
      'uses [redacted:OPENAI_API_KEY] in /usr/local/bin, abc',
    )
  })

  it('hides the longer of two secrets that begin alike', () => {
    const options = { env: { A_TOKEN: 'longsecret', B_TOKEN: 'longsecret-and-more' } }
    expect(redacted('longsecret-and-more longsecret', options)).toBe('[redacted:B_TOKEN] [redacted:A_TOKEN]')
  })

  it('does not rename the fields of the record', () => {
    const options = { env: { DB_PASSWORD: 'namedScores' } }
    expect(makeRedactor(options)('{"namedScores":"namedScores"}')).toBe(
      '{"namedScores":"[redacted:DB_PASSWORD]"}',
    )
  })

  it('is hidden in a URL as well', () => {
    const options = { env: { A_SECRET: 'p@ss word/1' } }
    expect(redacted('?q=p%40ss%20word%2F1', options)).toBe('?q=[redacted:A_SECRET]')
  })
})

describe("the suite's own patterns", () => {
  it('hide what they match in strings, as the strings read', () => {
    const options = { patterns: ['cust-\\d+', '^"quoted"\\n'] }
    expect(redacted('customer cust-123, cust-9', options)).toBe(
      'customer [redacted:pattern-21a0], [redacted:pattern-21a0]',
    )
    expect(redacted('"quoted"\nrest', options)).toBe('[redacted:pattern-fdd3]rest')
  })

  it('leave keys, numbers and hashes alone, by which records are joined', () => {
    const id = 'e3b0c44298fc1c149afbf4c8996fb924'
    const line = JSON.stringify({ 12345678: 12345678.5, id, text: '12345678' })
    expect(makeRedactor({ patterns: ['\\d{4,}'] })(line)).toBe(
      line.replace('"12345678"}', '"[redacted:pattern-2cec]"}'),
    )
  })

  it.each([
    ['(', 'assay.redact[0] "(" is not a regular expression: Unterminated group'],
    ['x*', 'assay.redact[0] "x*" matches the empty text'],
  ])('are refused when they cannot be used: %s', (pattern, message) => {
    const make = () => makeRedactor({ patterns: [pattern] })
    expect(make).toThrow(HarnessError)
    expect(make).toThrow(message)
  })
})

describe('any JSON with any secret', () => {
  /** Not a part of the marker itself, which is put in its place. */
  const secret = fc
    .oneof(fc.string({ minLength: 8 }), fc.string({ minLength: 8, unit: 'binary' }))
    .filter((text) => text.trim() === text && text.length >= 8 && !'[redacted:DB_SECRET]'.includes(text))

  it('stays JSON, and the secret is gone, however deep it was escaped', () => {
    const scenario = secret.chain((text) => {
      const around = fc.tuple(fc.string(), fc.string()).map(([before, after]) => before + text + after)
      const nested = around.map((inner) => JSON.stringify({ inner }))
      return fc.tuple(
        fc.constant(text),
        fc.jsonValue({ depthSize: 'small' }),
        fc.oneof(
          around,
          nested,
          nested.map((json) => JSON.stringify([json])),
        ),
      )
    })
    fc.assert(
      fc.property(scenario, ([text, other, holder]) => {
        const redact = makeRedactor({ env: { DB_SECRET: text } })
        const value: unknown = JSON.parse(redact(JSON.stringify({ value: [other, holder] })))
        for (const found of stringsIn(value)) {
          expect(found).not.toContain(text)
          expect(found).not.toContain(JSON.stringify(text).slice(1, -1))
        }
      }),
      { seed: 7, numRuns: 500 },
    )
  })

  it('is the same value when it holds none', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.boolean(), (value, pretty) => {
        const json = JSON.stringify(value, null, pretty ? 2 : 0)
        expect(makeRedactor({ patterns: ['never matched anywhere at all'] })(json)).toBe(json)
      }),
      { seed: 7, numRuns: 300 },
    )
  })
})

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => [key].concat(stringsIn(member)))
}
