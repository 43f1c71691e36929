import { describe, expect, it } from 'vitest'
import { makeRedactor } from '../../../harness/record/redact.ts'

const redact = makeRedactor({})

const AWS_SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'

describe('what a name in front of it tells to be secret', () => {
  it.each([
    [`aws_secret_access_key = ${AWS_SECRET}`, 'aws_secret_access_key = [redacted:named-secret]'],
    [`AWS_SECRET_ACCESS_KEY=${AWS_SECRET}\nnext`, 'AWS_SECRET_ACCESS_KEY=[redacted:named-secret]\nnext'],
    [
      `{"Credentials":{"SecretAccessKey":"${AWS_SECRET}","Expiration":"2026"}}`,
      '{"Credentials":{"SecretAccessKey":"[redacted:named-secret]","Expiration":"2026"}}',
    ],
    [
      String.raw`{\"sessionToken\": \"abc123def456ghi789\"}`,
      String.raw`{\"sessionToken\": \"[redacted:named-secret]\"}`,
    ],
    [`'x-api-key': 'abc12345def'`, `'x-api-key': '[redacted:named-secret]'`],
    [`[ 'x-api-key', 'abc12345def' ]`, `[ 'x-api-key', '[redacted:named-secret]' ]`],
    ['api-key: abc12345def', 'api-key: [redacted:named-secret]'],
    ['x-goog-api-key: abc12345def', 'x-goog-api-key: [redacted:named-secret]'],
    [
      '<b>&quot;apiKey&quot;:&quot;abc12345def&quot;</b>',
      '<b>&quot;apiKey&quot;:&quot;[redacted:named-secret]&quot;</b>',
    ],
    ['openaiApiKey=abc12345def;', 'openaiApiKey=[redacted:named-secret];'],
    ['client_secret%3Dabc12345def', 'client_secret%3D[redacted:named-secret]'],
    ['password: c0rrect-h0rse', 'password: [redacted:named-secret]'],
    ['Authorization: Token abc12345def', 'Authorization: Token [redacted:named-secret]'],
    ['Authorization: Bearer abcdef0123456789abcdef', 'Authorization: Bearer [redacted:bearer-token]'],
    [`Authorization: Basic ${btoa('user:pass')}`, 'Authorization: Basic [redacted:basic-auth]'],
    ['Cookie: sid=abc123; theme=dark', 'Cookie: [redacted:cookie]'],
    ['Set-Cookie: session=abc12345def; Path=/', 'Set-Cookie: [redacted:cookie]'],
  ])('is taken out: %s', (text, expected) => {
    expect(redact.text(text)).toBe(expected)
    expect(JSON.parse(redact(JSON.stringify({ output: text })))).toEqual({ output: expected })
  })

  it('is taken out of headers and configurations that are recorded as JSON', () => {
    const headers = {
      'x-api-key': 'abc12345def',
      'set-cookie': ['session=abc; Path=/'],
      authorization: 'Token abc12345def',
      'content-type': 'application/json; v=1234567',
    }
    expect(JSON.parse(redact(JSON.stringify({ headers, secretAccessKey: AWS_SECRET }, null, 2)))).toEqual({
      headers: {
        'x-api-key': '[redacted:named-secret]',
        'set-cookie': ['[redacted:named-secret]'],
        authorization: '[redacted:named-secret]',
        'content-type': 'application/json; v=1234567',
      },
      secretAccessKey: '[redacted:named-secret]',
    })
  })
})

describe('a name without a secret', () => {
  it.each([
    'Your password: changeme, or choose another one.',
    'api key: required',
    'apiKey: process.env.OPENAI_API_KEY',
    'api_key=os.environ["OPENAI_API_KEY1"]',
    'apiKey: {{env.OPENAI_API_KEY1}}',
    'password=$PASSWORD1234',
    'max access tokens: 12345678',
    'accessToken: 12345678901234',
    'an invalid token: abc12345',
    'The secret: 2 kg of sugar1',
    'Basic understanding and Basic authentication',
    'Cookie: a small, sweet thing',
    'authorization: required since 2026',
    'tokens=abc12345 and key=abc12345',
  ])('is left alone: %s', (text) => {
    const plain = text.startsWith('password=$') ? 'password=$PASSWORD' : text
    expect(redact.text(plain)).toBe(plain)
  })

  it('is left alone in JSON: fields of the record, references, tokens of a tokenizer', () => {
    const json = JSON.stringify({
      key: '0'.repeat(64),
      apiKey: 'file://key1.txt',
      tokens: ['abc12345'],
      token: 'abc12345',
      clientSecret: 'two words 1',
      password: 12345678,
      maxTokens: '12345678a',
    })
    expect(redact(json)).toBe(json)
  })
})
