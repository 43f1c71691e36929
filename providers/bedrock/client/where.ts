import { ConfigError } from '../../../harness/model/errors.ts'
import type { Target } from '../config/settings.ts'
import type { ModelName } from '../model/model-name.ts'
import type { Identity } from './credentials.ts'
import { identityOf } from './credentials.ts'

/** Where calls go, and as whom: what calls have in common that may share connections. */
export interface Where {
  /** Undefined: as the SDK finds it, in the profile. */
  readonly region: string | undefined
  /** Undefined: AWS's own. */
  readonly endpoint: string | undefined
  readonly identity: Identity
  /** For requests that leave this machine. */
  readonly proxy: Readonly<Record<string, string>> | undefined
}

const REGION = /^[a-z]{2,4}(?:-[a-z]+)+-\d$/

type Environment = Readonly<Record<string, string | undefined>>

/** @throws ConfigError */
export function whereOf(target: Target, name: ModelName, env: Environment): Where {
  const endpoint = target.endpoint ?? endpointIn(env)
  const isHere = isLoopback(endpoint)
  const region = regionOf(target, name, env)
  const identity = identityOf(target, env, isHere)
  // A server on this machine is in no region; a profile may say one.
  const nowhere = isHere && identity.kind !== 'profile' ? 'us-east-1' : undefined
  return { region: region ?? nowhere, endpoint, identity, proxy: isHere ? undefined : proxyIn(env) }
}

/** As it is said nearest to the call: an ARN is served in its own region. @throws ConfigError for what no region is called */
function regionOf(target: Target, name: ModelName, env: Environment): string | undefined {
  const variables = ['AWS_BEDROCK_REGION', 'AWS_REGION', 'AWS_DEFAULT_REGION']
  const own = target.region ?? name.region
  const variable = own === undefined ? variables.find((each) => env[each]) : undefined
  const region = own ?? (variable === undefined ? undefined : env[variable])
  if (region === undefined || REGION.test(region)) return region
  const where = variable === undefined ? 'config.region' : variable
  throw new ConfigError(
    `bedrock: ${where}: \`${region}\` is no region`,
    variable === undefined ? ['region'] : [],
    false,
    'regions are called like us-east-1',
  )
}

/** The one for this service goes before the one for all of AWS. */
function endpointIn(env: Environment): string | undefined {
  if (env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] === 'true') return undefined
  const url = env['AWS_ENDPOINT_URL_BEDROCK_RUNTIME'] || env['AWS_ENDPOINT_URL']
  return url === '' ? undefined : url
}

/** True for a server on this machine. */
export function isLoopback(url: string | undefined): boolean {
  const host = URL.parse(url ?? '')?.hostname ?? ''
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)
}

function proxyIn(env: Environment): Record<string, string> | undefined {
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()])
  const found = names.flatMap((name) => {
    const value = env[name]
    return value === undefined || value === '' ? [] : [[name, value] as const]
  })
  return found.some(([name]) => /^https?_proxy$/i.test(name)) ? Object.fromEntries(found) : undefined
}
