import type * as Sdk from '@aws-sdk/client-bedrock-runtime'
import { HarnessError, messageOf } from '../../../harness/model/errors.ts'
import type { Identity } from './credentials.ts'
import { describeIdentity } from './credentials.ts'
import { trim } from './trim.ts'
import { Turns } from './turns.ts'
import type { Where } from './where.ts'
import { isLoopback } from './where.ts'
import { createHandler, observe } from './wire.ts'

/** A client with its connections, and what was found out of it. */
export interface Connection {
  readonly sdk: typeof Sdk
  readonly client: Sdk.BedrockRuntimeClient
  readonly turns: Turns
  readonly region: string
  /** As whom the calls are made, for the record. */
  readonly credentials: string
}

interface Shared {
  readonly connection: Promise<Connection>
  users: number
}

/** What nobody checks. */
const PLACEHOLDER = { accessKeyId: 'placeholder', secretAccessKey: 'placeholder' }

const shared = new Map<string, Shared>()

/** How the SDK marks what it found credentials in: the letters of its user agent. */
const SOURCES: readonly (readonly [RegExp, string])[] = [
  [/SSO/, 'single sign-on'],
  [/WEB_ID/, 'web identity'],
  [/PROCESS/, 'credential process'],
  [/IMDS/, 'instance role'],
  [/HTTP/, 'container role'],
  [/ASSUME_ROLE/, 'assumed role'],
  [/PROFILE/, 'shared credentials file'],
]

/**
 * The connection to there, shared by everyone in the process who goes there as the same: one pool of sockets each.
 * @returns `release` to be called once it is no longer needed
 * @throws HarnessError `suite` where there are no credentials, or no region
 */
export function acquire(where: Where): { connection: Promise<Connection>; release: () => void } {
  const key = JSON.stringify(where)
  const entry = shared.get(key) ?? { connection: openAnyhow(where), users: 0 }
  shared.set(key, entry)
  entry.users++
  // Credentials may be put right while the process lives.
  entry.connection.catch(() => shared.get(key) === entry && shared.delete(key))
  let isHeld = true
  const release = (): void => {
    if (!isHeld) return
    isHeld = false
    entry.users--
    if (entry.users > 0) return
    if (shared.get(key) === entry) shared.delete(key)
    entry.connection.then(
      ({ client }) => client.destroy(),
      () => {},
    )
  }
  return { connection: entry.connection, release }
}

/** A server on this machine asks for no credentials: a profile whose session has run out may rehearse. */
async function openAnyhow(where: Where): Promise<Connection> {
  const { region = 'us-east-1', endpoint, identity } = where
  if (identity.kind !== 'profile' || !isLoopback(endpoint)) return open(where)
  return open(where).catch(() => open({ ...where, region, identity: { kind: 'placeholder' } }))
}

async function open(where: Where): Promise<Connection> {
  const [sdk, { NodeHttpHandler }] = await Promise.all([
    import('@aws-sdk/client-bedrock-runtime'),
    import('@smithy/node-http-handler'),
  ])
  const { region, endpoint, identity, proxy } = where
  const client = new sdk.BedrockRuntimeClient({
    ...(region !== undefined && { region }),
    ...(endpoint !== undefined && { endpoint }),
    ...authentication(identity),
    requestHandler: createHandler(NodeHttpHandler, proxy),
    maxAttempts: 1,
    cacheMiddleware: true,
  })
  observe(client)
  try {
    await trim(client)
    return {
      sdk,
      client,
      turns: new Turns(),
      region: await regionOf(client),
      credentials: await credentialsOf(client, identity),
    }
  } catch (error) {
    client.destroy()
    throw error
  }
}

/** The scheme is named: a bearer token in the process's environment would go before all the rest, even where the suite's unsets it. */
function authentication(identity: Identity): Record<string, unknown> {
  const { kind } = identity
  if (kind === 'bearer') return { token: { token: identity.token }, authSchemePreference: ['httpBearerAuth'] }
  const scheme = { authSchemePreference: ['sigv4'] }
  if (kind === 'profile') return { ...scheme, profile: identity.name }
  if (kind === 'chain') return scheme
  if (kind === 'placeholder') return { ...scheme, credentials: PLACEHOLDER }
  const { accessKeyId, secretAccessKey, sessionToken } = identity
  return {
    ...scheme,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
  }
}

async function regionOf(client: Sdk.BedrockRuntimeClient): Promise<string> {
  try {
    return await client.config.region()
  } catch (error) {
    throw new HarnessError('suite', 'bedrock: no AWS region is known', {
      hint: 'set AWS_REGION, or `region` in the config of the provider',
      cause: error,
    })
  }
}

/** Credentials the SDK has to look for are looked for now: that they are missing is known before the first call. */
async function credentialsOf(client: Sdk.BedrockRuntimeClient, identity: Identity): Promise<string> {
  if (identity.kind !== 'profile' && identity.kind !== 'chain') return describeIdentity(identity)
  try {
    const { $source = {} } = (await client.config.credentials()) as { $source?: Record<string, unknown> }
    const features = Object.keys($source).join(' ')
    const source = SOURCES.find(([feature]) => feature.test(features))?.[1]
    return identity.kind === 'profile' ? describeIdentity(identity) : (source ?? describeIdentity(identity))
  } catch (error) {
    const whose = identity.kind === 'profile' ? ` in the profile \`${identity.name}\`` : ''
    throw new HarnessError('suite', `bedrock: no AWS credentials${whose}: ${messageOf(error)}`, {
      hint: 'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, AWS_PROFILE, or AWS_BEARER_TOKEN_BEDROCK',
      cause: error,
    })
  }
}
