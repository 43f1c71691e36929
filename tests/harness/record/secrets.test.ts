import { describe, expect, it } from 'vitest'
import { secretsInConfig, secretsInEnv, secretsInSuite } from '../../../harness/record/secrets.ts'

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

describe('secrets that stand inside others', () => {
  it('the password of a URL is one by itself, whatever the variable is called', () => {
    expect(secretsInEnv({ DATABASE: 'postgres://app:s3cr3t%2Fpass@db:5432/x' })).toEqual({
      DATABASE: 's3cr3t/pass',
    })
    expect(secretsInConfig({ dsn: 'redis://:hunter2hunter2@cache' })).toEqual({ dsn: 'hunter2hunter2' })
  })

  it('the members of a service account are', () => {
    const account = JSON.stringify({
      type: 'service_account',
      private_key: 'abc-123-def',
      client_id: '1234567890',
    })
    expect(secretsInEnv({ GOOGLE_CREDENTIALS: account })).toEqual({
      GOOGLE_CREDENTIALS: account,
      'GOOGLE_CREDENTIALS.private_key': 'abc-123-def',
    })
  })

  it('what AWS calls its own is, whatever it looks like; where a secret is kept is none', () => {
    expect(
      secretsInEnv({
        AWS_ACCESS_KEY_ID: 'rehearsal',
        AWS_BEARER_TOKEN_BEDROCK: 'any-words-at-all',
        AWS_SESSION_TOKEN: 'session-words',
        GOOGLE_APPLICATION_CREDENTIALS: '/home/me/keys/google.json',
        AWS_REGION: 'us-east-1',
      }),
    ).toEqual({
      AWS_ACCESS_KEY_ID: 'rehearsal',
      AWS_BEARER_TOKEN_BEDROCK: 'any-words-at-all',
      AWS_SESSION_TOKEN: 'session-words',
    })
  })
})

describe('secrets in a suite', () => {
  it('are those of its providers and graders, wherever they stand, and of its env; a var is none', () => {
    const suite = {
      env: { PLAIN: 'some-value', TOKEN_X: 'a1b2c3d4e5f6' },
      providers: [
        'openai:gpt-4o',
        { id: 'file://p.ts', config: { apiKey: 'first-secret' }, env: { MY_KEY: 'own-env-secret' } },
      ],
      defaultTest: {
        options: { provider: { id: 'openai:x', config: { apiKey: 'grader-secret' } } },
        vars: { password: 'of-a-dataset' },
      },
      tests: [
        {
          vars: { key: 'just-a-word' },
          assert: [{ type: 'llm-rubric', provider: { config: { token: 'check-secret' } } }],
        },
      ],
    }
    expect(secretsInSuite(suite)).toEqual({
      TOKEN_X: 'a1b2c3d4e5f6',
      apiKey: 'first-secret',
      MY_KEY: 'own-env-secret',
      'apiKey-2': 'grader-secret',
      token: 'check-secret',
    })
  })
})
