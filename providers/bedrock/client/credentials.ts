import { ConfigError } from '../../../harness/model/errors.ts'
import type { Target } from '../config/settings.ts'

/** As whom the calls are made, as far as it is known without asking anyone. */
export type Identity =
  | { readonly kind: 'bearer'; readonly token: string }
  | {
      readonly kind: 'keys'
      readonly from: 'config' | 'environment'
      readonly accessKeyId: string
      readonly secretAccessKey: string
      readonly sessionToken?: string | undefined
    }
  | { readonly kind: 'profile'; readonly name: string }
  /** Whatever the SDK finds: files, single sign-on, a web identity, the container's or the machine's role. */
  | { readonly kind: 'chain' }
  /** For a server on this machine, which asks for none. */
  | { readonly kind: 'placeholder' }

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Chosen as the SDK does: a bearer token goes before everything, a profile before keys in the environment.
 * @throws ConfigError for half a pair of keys
 */
export function identityOf(target: Target, env: Environment, isLoopback: boolean): Identity {
  const own = ownKeys(target)
  const token = target.apiKey ?? given(env['AWS_BEARER_TOKEN_BEDROCK'])
  if (token !== undefined) return { kind: 'bearer', token }
  if (own !== undefined) return own
  const profile = target.profile ?? given(env['AWS_PROFILE'])
  if (profile !== undefined) return { kind: 'profile', name: profile }
  return environmentKeys(env) ?? { kind: isLoopback ? 'placeholder' : 'chain' }
}

/** What else was given, where a bearer token is what counts. */
export function identityWarnings(target: Target, env: Environment): string[] {
  const token = target.apiKey === undefined ? 'AWS_BEARER_TOKEN_BEDROCK' : 'apiKey'
  if (target.apiKey === undefined && given(env['AWS_BEARER_TOKEN_BEDROCK']) === undefined) return []
  const other =
    (target.accessKeyId !== undefined && '`accessKeyId`') ||
    (target.profile !== undefined && `the profile \`${target.profile}\``) ||
    (given(env['AWS_PROFILE']) !== undefined && 'AWS_PROFILE') ||
    (environmentKeys(env) !== undefined && 'AWS_ACCESS_KEY_ID')
  return other === false ? [] : [`bedrock: both ${token} and ${other} are set: the bearer token is used`]
}

/** For the record: no secret. */
export function describeIdentity(identity: Identity): string {
  const { kind } = identity
  if (kind === 'bearer') return 'bearer token'
  if (kind === 'keys') return identity.from
  if (kind === 'profile') return `profile ${identity.name}`
  return kind === 'chain' ? 'default chain' : kind
}

function ownKeys({ accessKeyId, secretAccessKey, sessionToken }: Target): Identity | undefined {
  if (accessKeyId === undefined && secretAccessKey === undefined) return undefined
  if (accessKeyId !== undefined && secretAccessKey !== undefined) {
    return { kind: 'keys', from: 'config', accessKeyId, secretAccessKey, sessionToken }
  }
  const [has, lacks] =
    accessKeyId === undefined
      ? (['secretAccessKey', 'accessKeyId'] as const)
      : (['accessKeyId', 'secretAccessKey'] as const)
  throw new ConfigError(`bedrock: \`${has}\` without \`${lacks}\``, [has], true)
}

function environmentKeys(env: Environment): Identity | undefined {
  const accessKeyId = given(env['AWS_ACCESS_KEY_ID'])
  const secretAccessKey = given(env['AWS_SECRET_ACCESS_KEY'])
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined
  return {
    kind: 'keys',
    from: 'environment',
    accessKeyId,
    secretAccessKey,
    sessionToken: given(env['AWS_SESSION_TOKEN']),
  }
}

function given(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value
}
