import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HarnessError } from '../../../harness/model/errors.ts'
import Bedrock from '../../../providers/bedrock.ts'
import { bedrock, ENV, MODEL, type Metadata } from './asked.ts'
import { replay } from './wire-server.ts'

const NO_KEYS = { ...ENV, AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' }
/** Issues credentials that are as good as run out, others each time. */
const ISSUER = `console.log(JSON.stringify({
  Version: 1,
  AccessKeyId: 'AKIAISSUED',
  SecretAccessKey: 's',
  SessionToken: String(process.hrtime.bigint()),
  Expiration: new Date(Date.now() + 1000).toISOString(),
}))`
const KEYS = { accessKeyId: 'AKIAOTHER', secretAccessKey: 'other' }

/** The machine's own credentials and regions play no part. */
beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-aws-'))
  writeFileSync(
    join(folder, 'credentials'),
    '[evals]\naws_access_key_id = AKIAPROFILE\naws_secret_access_key = p\n[bare]\n',
  )
  writeFileSync(join(folder, 'config'), '[profile evals]\nregion = eu-west-1\n')
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'))
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'))
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true')
  for (const name of [
    'AWS_BEARER_TOKEN_BEDROCK',
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_PROFILE',
    'AWS_REGION',
    'AWS_DEFAULT_REGION',
  ]) {
    vi.stubEnv(name, undefined)
  }
})
afterEach(() => vi.unstubAllEnvs())

/** How a call was authorised, and as what it is on record. */
async function authorised(
  config: Record<string, unknown>,
  env: Record<string, string | undefined>,
): Promise<{
  authorization: string
  credentials: unknown
  region: unknown
  warnings: readonly string[]
  headers: object
}> {
  await using server = await replay('converse-stream')
  const provider = bedrock(server, config, env)
  await provider.ready()
  const { error, metadata } = await provider.callApi('x')
  expect(error).toBeUndefined()
  const { headers = {} } = server.requests[0] ?? {}
  const { credentials, region } = metadata as Metadata
  return {
    authorization: headers['authorization'] ?? '',
    credentials,
    region,
    warnings: provider.warnings,
    headers,
  }
}

/** The mistake that `ready` reports of a provider that would call AWS. */
async function mistake(
  config: Record<string, unknown>,
  env: Record<string, string | undefined>,
): Promise<HarnessError> {
  const provider = new Bedrock({ config: { model: MODEL, ...config }, env })
  const error: unknown = await provider.ready().then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(HarnessError)
  return error as HarnessError
}

describe('credentials', () => {
  it.each([
    ['keys in the environment', {}, ENV, 'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/', 'environment'],
    ['keys in the config before those', KEYS, ENV, 'AWS4-HMAC-SHA256 Credential=AKIAOTHER/', 'config'],
    [
      'a profile in the config',
      { profile: 'evals' },
      NO_KEYS,
      'AWS4-HMAC-SHA256 Credential=AKIAPROFILE/',
      'profile evals',
    ],
    [
      'a profile in the suite’s own environment',
      {},
      { ...ENV, AWS_PROFILE: 'evals' },
      'AWS4-HMAC-SHA256 Credential=AKIAPROFILE/',
      'profile evals',
    ],
    [
      'an API key in the config',
      { apiKey: 'bedrock-api-key-1' },
      NO_KEYS,
      'Bearer bedrock-api-key-1',
      'bearer token',
    ],
    [
      'a bearer token in the environment',
      {},
      { ...NO_KEYS, AWS_BEARER_TOKEN_BEDROCK: 'tok' },
      'Bearer tok',
      'bearer token',
    ],
  ])('may be %s; the record says which', async (_which, config, env, authorization, credentials) => {
    const call = await authorised(config, env)
    expect(call.authorization.startsWith(authorization)).toBe(true)
    expect(call.credentials).toBe(credentials)
    expect(call.warnings).toEqual([])
  })

  it('of a session have its token in a header that is signed', async () => {
    const { authorization, headers } = await authorised({}, { ...ENV, AWS_SESSION_TOKEN: 'session' })
    expect(headers).toMatchObject({ 'x-amz-security-token': 'session' })
    expect(authorization).toMatch(/SignedHeaders=[\w;-]*x-amz-security-token/)
  })

  it('that run out are got anew in the midst of a run, by providers that share their connections too', async () => {
    const config = process.env['AWS_CONFIG_FILE'] ?? ''
    const issuer = join(dirname(config), 'issuer.mjs')
    writeFileSync(issuer, ISSUER)
    appendFileSync(config, `[profile issued]\ncredential_process = ${process.execPath} ${issuer}\n`)
    await using server = await replay('converse-stream')
    const one = bedrock(server, { profile: 'issued', region: 'us-east-1' }, NO_KEYS)
    const other = bedrock(server, { profile: 'issued', region: 'us-east-1' }, NO_KEYS)
    await one.callApi('x')
    const tokens = (): unknown[] => server.requests.map(({ headers }) => headers['x-amz-security-token'])
    // Those that are about to run out are still used while others are got.
    for (const provider of [other, one]) {
      const before = tokens().at(-1)
      const now = async (): Promise<unknown> => (await provider.callApi('x')).error ?? tokens().at(-1)
      await expect.poll(now).not.toBe(before)
    }
    expect(tokens()).not.toContain(undefined)
  })

  it.each([
    ['AWS_ACCESS_KEY_ID', {}, ENV],
    ['`accessKeyId`', KEYS, NO_KEYS],
    ['the profile `evals`', { profile: 'evals' }, NO_KEYS],
    ['AWS_PROFILE', {}, { ...NO_KEYS, AWS_PROFILE: 'evals' }],
  ])('that are not used, for a bearer token is, are warned of: %s', async (other, config, env) => {
    const call = await authorised(config, { ...env, AWS_BEARER_TOKEN_BEDROCK: 'tok' })
    expect(call.authorization).toBe('Bearer tok')
    expect(call.warnings).toEqual([
      `bedrock: both AWS_BEARER_TOKEN_BEDROCK and ${other} are set: the bearer token is used`,
    ])
  })

  it('are those of the suite’s environment where the process has a bearer token that the suite unsets', async () => {
    vi.stubEnv('AWS_BEARER_TOKEN_BEDROCK', 'the process’s')
    expect((await authorised({}, ENV)).authorization).toMatch(/^AWS4-HMAC-SHA256 /)
  })

  it('are a placeholder for a server on this machine, where there are none', async () => {
    const call = await authorised({}, { ...NO_KEYS, AWS_REGION: undefined })
    expect(call).toMatchObject({ credentials: 'placeholder', region: 'us-east-1' })
    expect(call.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=placeholder\//)
  })

  it('are a placeholder for it as well where those of the profile are gone', async () => {
    const call = await authorised({ profile: 'bare' }, { ...NO_KEYS, AWS_REGION: undefined })
    expect(call).toMatchObject({ credentials: 'placeholder', region: 'us-east-1' })
  })

  it('that are missing are a mistake before any call, which names the variables', async () => {
    const error = await mistake({}, NO_KEYS)
    expect([error.code, error.message]).toEqual([
      'suite',
      expect.stringMatching(/^bedrock: no AWS credentials: /),
    ])
    expect(error.hint).toMatch(/AWS_ACCESS_KEY_ID.*AWS_PROFILE.*AWS_BEARER_TOKEN_BEDROCK/)
    // Whoever calls without asking first is told the same.
    const { metadata } = await new Bedrock({ config: { model: MODEL }, env: NO_KEYS }).callApi('x')
    expect((metadata as Metadata).failure).toMatchObject({
      kind: 'auth',
      message: expect.stringMatching(/AWS_PROFILE/) as unknown,
    })
  })

  it('of a profile that has none are a mistake that names it', async () => {
    expect((await mistake({ profile: 'nobody' }, NO_KEYS)).message).toMatch(
      /no AWS credentials in the profile `nobody`/,
    )
  })

  it('that are half a pair are refused', () => {
    const config = { model: MODEL, accessKeyId: 'AKIA' }
    expect(() => new Bedrock({ config, env: ENV })).toThrow('`accessKeyId` without `secretAccessKey`')
  })
})

describe('the region', () => {
  it.each([
    ['the config', { region: 'eu-central-1' }, ENV, 'eu-central-1'],
    ['promptfoo’s variable', {}, { ...ENV, AWS_BEDROCK_REGION: 'eu-north-1' }, 'eu-north-1'],
    ['AWS_REGION', {}, ENV, 'us-east-1'],
    [
      'AWS_DEFAULT_REGION',
      {},
      { ...ENV, AWS_REGION: undefined, AWS_DEFAULT_REGION: 'sa-east-1' },
      'sa-east-1',
    ],
    [
      'the ARN of the model',
      { model: 'arn:aws:bedrock:ap-south-1:123456789012:provisioned-model/abc' },
      ENV,
      'ap-south-1',
    ],
  ])('is that of %s, and what the request is signed for', async (_whose, config, env, region) => {
    const call = await authorised(config, env)
    expect(call.region).toBe(region)
    expect(call.authorization).toContain(`/${region}/bedrock/aws4_request`)
  })

  it('is the profile’s where nobody else says one', async () => {
    const call = await authorised({ profile: 'evals' }, { ...NO_KEYS, AWS_REGION: undefined })
    expect(call.region).toBe('eu-west-1')
    expect(call.authorization).toContain('/eu-west-1/bedrock/aws4_request')
  })

  it('that nobody says is a mistake before any call, which names the variable', async () => {
    const error = await mistake({}, { ...ENV, AWS_REGION: undefined })
    expect([error.code, error.message, error.hint]).toEqual([
      'suite',
      'bedrock: no AWS region is known',
      'set AWS_REGION, or `region` in the config of the provider',
    ])
  })
})

describe('the endpoint', () => {
  it.each([
    ['AWS_ENDPOINT_URL_BEDROCK_RUNTIME', 'AWS_ENDPOINT_URL'],
    ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3'],
  ])('may be the environment’s: %s, before %s', async (name, other) => {
    await using server = await replay('converse-stream')
    const env = { ...ENV, [other]: 'http://127.0.0.1:9/', [name]: server.url }
    const provider = new Bedrock({ config: { model: MODEL }, env })
    expect((await provider.callApi('x')).output).toBe('It is positive — très bien.')
    await provider.cleanup()
  })

  it('of the config goes before the environment’s', async () => {
    await using server = await replay('converse-stream')
    const env = { ...ENV, AWS_ENDPOINT_URL_BEDROCK_RUNTIME: 'http://127.0.0.1:9/' }
    expect((await bedrock(server, {}, env).callApi('x')).error).toBeUndefined()
  })
})
