import { describe, expect, it } from 'vitest'
import { secretsInConfig, secretsInEnv } from '../../../harness/record/secrets.ts'

describe('secrets in the environment', () => {
  it.each([
    'OPENAI_API_KEY',
    'APIKEY',
    'GH_TOKEN',
    'AWS_SECRET_ACCESS_KEY',
    'DB_PASSWORD',
    'NPM_CONFIG__AUTH',
    'GOOGLE_CREDENTIALS',
    'openaiApiKey',
  ])('%s is one', (name) => {
    expect(secretsInEnv({ [name]: 'correct horse' })).toEqual({ [name]: 'correct horse' })
  })

  it.each([
    ['SSH_AUTH_SOCK', '/tmp/ssh-XXXX12345678/agent.1'],
    ['AUTH_METHOD', 'password'],
    ['GIT_AUTHOR_NAME', 'Somebody Else'],
    ['KEYBOARD_LAYOUT', 'de-nodeadkeys'],
    ['MAX_TOKENS', '100000000'],
    ['SHORT_KEY', 'seven77'],
  ])('%s is none', (name, value) => {
    expect(secretsInEnv({ [name]: value })).toEqual({})
  })

  it('takes a name that only mentions a secret when its value looks like one', () => {
    expect(secretsInEnv({ TOKEN_GITHUB: 'a1b2c3d4e5f6' })).toEqual({ TOKEN_GITHUB: 'a1b2c3d4e5f6' })
  })

  it('leaves out the line break a file left behind', () => {
    expect(secretsInEnv({ A_KEY: 'secret-value\n', UNSET_KEY: undefined })).toEqual({ A_KEY: 'secret-value' })
  })
})

describe('secrets in a provider configuration', () => {
  it('are found at any depth, without the scheme of a header', () => {
    const config = {
      apiKey: 'first-secret',
      temperature: 0,
      headers: { authorization: 'Bearer second-secret', accept: 'application/json' },
      backends: [{ token: 'third-secret' }, { token: 'fourth-secret' }],
    }
    expect(secretsInConfig(config)).toEqual({
      apiKey: 'first-secret',
      authorization: 'second-secret',
      token: 'third-secret',
      'token-2': 'fourth-secret',
    })
  })

  it('leaves settings and templates alone', () => {
    const config = {
      apiKey: '{{env.OPENAI_API_KEY}}',
      cacheKey: 'sentiment-v1',
      max_tokens: 'unlimited',
      model: 'gpt-4',
    }
    expect(secretsInConfig(config)).toEqual({})
  })
})
