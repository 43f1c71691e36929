import { ConfigError, HarnessError } from '../../harness/model/errors.ts'
import { shownAddress } from '../shared/shown-address.ts'
import type { Config } from './config/spellings.ts'
import type { Vendor } from './vendor.ts'
import { NAMES } from './vendor.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Where a vendor is asked, and with what key. */
export interface Endpoint {
  readonly baseUrl: string
  /** Undefined where none is sent. */
  readonly apiKey: string | undefined
  /** Environment variables of which one should have held the key, where there is none and one is needed. */
  readonly missing: readonly string[]
}

interface Place {
  /** Variables that hold a host name, and those that hold an address, in the order they are looked at. */
  readonly hosts: readonly string[]
  readonly urls: readonly string[]
  readonly fallback?: string
  /** The API's version, as the last part of its address. */
  readonly version?: RegExp
  readonly keys: readonly string[]
  readonly needsKey: boolean
}

/** promptfoo's variables, in its order; the AI SDK's own last. */
const PLACES: Readonly<Record<Vendor, Place>> = {
  openai: {
    hosts: ['OPENAI_API_HOST'],
    urls: ['OPENAI_API_BASE_URL', 'OPENAI_BASE_URL'],
    fallback: 'https://api.openai.com/v1',
    keys: ['OPENAI_API_KEY'],
    needsKey: true,
  },
  google: {
    hosts: ['GOOGLE_API_HOST', 'PALM_API_HOST'],
    urls: ['GOOGLE_API_BASE_URL'],
    fallback: 'https://generativelanguage.googleapis.com',
    version: /\/v\d+(?:alpha|beta)?\d*$/,
    keys: ['GOOGLE_API_KEY', 'GEMINI_API_KEY', 'PALM_API_KEY', 'GOOGLE_GENERATIVE_AI_API_KEY'],
    needsKey: true,
  },
  anthropic: {
    hosts: [],
    urls: ['ANTHROPIC_BASE_URL'],
    fallback: 'https://api.anthropic.com',
    version: /\/v1$/,
    keys: ['ANTHROPIC_API_KEY'],
    needsKey: true,
  },
  ollama: {
    hosts: [],
    urls: ['OLLAMA_BASE_URL'],
    fallback: 'http://localhost:11434',
    version: /\/v1$/,
    keys: ['OLLAMA_API_KEY'],
    needsKey: false,
  },
  'openai-compatible': { hosts: [], urls: [], keys: [], needsKey: false },
}

const VERSIONS: Readonly<Partial<Record<Vendor, string>>> = {
  google: 'v1beta',
  anthropic: 'v1',
  ollama: 'v1',
}

/** What a key is called that nobody checks: of a server of one's own, where a rehearsal takes place. */
const PLACEHOLDER = 'not-needed-on-loopback'

/** @throws HarnessError for an address that is none, or that is nowhere said */
export function endpointOf(vendor: Vendor, config: Config, env: Environment): Endpoint {
  const place = PLACES[vendor]
  const url = addressOf(vendor, config, env)
  const own = config['apiKeyEnvar']
  const variables = typeof own === 'string' ? [own] : config['useDefaultApiKey'] === false ? [] : place.keys
  const given = config['apiKey'] ?? variables.map((variable) => env[variable]).find(Boolean)
  const isLoopback = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(url.hostname)
  const needsKey = typeof own === 'string' || (place.needsKey && config['apiKeyRequired'] !== false)
  const apiKey = typeof given === 'string' ? given : needsKey && isLoopback ? PLACEHOLDER : undefined
  return {
    baseUrl: url.href.replace(/\/$/, ''),
    apiKey,
    missing: apiKey === undefined && needsKey ? (variables.length > 0 ? variables : place.keys) : [],
  }
}

/** @throws HarnessError `suite` that names the variables one of which is missing */
export function requireKey({ missing, baseUrl }: Endpoint, vendor: Vendor): void {
  const [first] = missing
  if (first === undefined) return
  const others = missing.length === 1 ? '' : ` (or ${missing.slice(1).join(', ')})`
  throw new HarnessError('suite', `${NAMES[vendor]}: no API key for ${new URL(baseUrl).host}`, {
    hint: `set the environment variable ${first}${others}, also in a \`.env\` file, or \`config.apiKeyEnvar\``,
  })
}

function addressOf(vendor: Vendor, config: Config, env: Environment): URL {
  const { hosts, urls, fallback } = PLACES[vendor]
  const [path, written] = firstOf(['baseUrl', 'apiBaseUrl'], config) ??
    hostOf(firstOf(['apiHost'], config), vendor) ??
    hostOf(firstOf(hosts, env), vendor) ??
    firstOf(urls, env) ?? ['', fallback]
  if (written === undefined) {
    throw new ConfigError(`${vendor}: \`baseUrl\` is missing`, [], false, 'say where the server is')
  }
  const wrong = problemOf(written)
  if (wrong !== undefined) {
    const what = `expected an address like https://example.com/v1, found ${wrong}`
    if (Object.hasOwn(config, path))
      throw new ConfigError(`${vendor}: config.${path}: ${what}`, [path], false)
    throw new HarnessError('suite', `${vendor}: ${path}: ${what}`)
  }
  return versioned(new URL(written), vendor, config['apiVersion'])
}

/** What is wrong with an address, which must leave room for the API's paths, and is shown where secrets must not be. */
function problemOf(written: string): string | undefined {
  const shown = `\`${shownAddress(written)}\``
  if (!URL.canParse(written)) return shown
  const { protocol, username, password, search, hash } = new URL(written)
  if (!/^https?:$/.test(protocol)) return shown
  if (username + password !== '') return `${shown} with a user before its host: write \`headers\` instead`
  return search + hash === '' ? undefined : `${shown} with something after its path`
}

/** Vendors' addresses are written with and without the version of the API. */
function versioned(url: URL, vendor: Vendor, asked: unknown): URL {
  const { version } = PLACES[vendor]
  const path = url.pathname.replace(/\/+$/, '')
  const named = typeof asked === 'string' ? asked : VERSIONS[vendor]
  url.pathname =
    version === undefined || named === undefined || version.test(path) ? path : `${path}/${named}`
  return url
}

function firstOf(names: readonly string[], values: Config): readonly [string, string] | undefined {
  const name = names.find((each) => typeof values[each] === 'string' && values[each] !== '')
  return name === undefined ? undefined : [name, String(values[name])]
}

function hostOf(
  found: readonly [string, string] | undefined,
  vendor: Vendor,
): readonly [string, string] | undefined {
  if (found === undefined) return undefined
  const [name, host] = found
  const base = host.includes('://') ? host : `https://${host}`
  return [name, vendor === 'openai' && !/\/v\d/.test(base) ? `${base.replace(/\/+$/, '')}/v1` : base]
}
