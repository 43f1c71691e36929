/** Shorter values are too likely to be part of ordinary text. */
const MIN_LENGTH = 8

const WORD = '(?:key|token|secret|password|passwd|passphrase|pwd|credentials?|auth|authorization|cookie)'
/** A name that ends in such a word holds a secret: OPENAI_API_KEY, apiKey, x-api-key, DB_PASSWORD. */
const NAMES_SECRET = new RegExp(`${WORD}s?$`, 'i')
/** A name that holds one elsewhere may hold a setting instead: TOKEN_GITHUB, but also AUTH_METHOD and SSH_AUTH_SOCK. */
const MENTIONS_SECRET = new RegExp(`(?:^|[_-])${WORD}(?:[_-]|$)`, 'i')
/** Settings that end like one: what is cached, sorted or counted by. */
const NAMES_SETTING =
  /(?:cache|sort|primary|foreign|public|partition|group|max|min|num|total|stop|label|map)[_-]?(?:key|token)s?$/i
/** What AWS calls its own, whatever the values look like. */
const NAMES_AWS = /^AWS_(?:ACCESS_KEY_ID|BEARER_TOKEN_[A-Z0-9_]+)$/

/** A shell's working folders, not passwords. */
const WORKING_FOLDERS: ReadonlySet<string> = new Set(['PWD', 'OLDPWD', 'INIT_CWD'])
/** Where a secret is kept is none: GOOGLE_APPLICATION_CREDENTIALS. */
const FILE = /^(?:[~.]{0,2}[/\\]|[A-Za-z]:[/\\])\S*\.[A-Za-z0-9]{1,8}$/
const URL_PASSWORD = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/[^\s/:@]*:([^\s/@]+)@/

/**
 * The values in an environment whose names say that they are secrets, by name, and passwords in its URLs.
 * Names: KEY, TOKEN, SECRET, PASSWORD, CREDENTIAL, AUTH and the like; values of 8 characters or more.
 */
export function secretsInEnv(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [name, raw] of Object.entries(env)) {
    const value = raw?.trim() ?? ''
    if (value.length < MIN_LENGTH) continue
    const password = URL_PASSWORD.exec(value)?.[1]
    if (isSecret(name, value)) {
      found[name] = value
      noteMembers(found, name, value)
    } else if (password !== undefined) noteSecret(found, name, decoded(password))
  }
  return found
}

function isSecret(name: string, value: string): boolean {
  if (NAMES_SETTING.test(name) || WORKING_FOLDERS.has(name) || FILE.test(value)) return false
  return NAMES_SECRET.test(name) || NAMES_AWS.test(name) || (MENTIONS_SECRET.test(name) && looksRandom(value))
}

/** The key of a service account is a whole JSON in one variable: its secrets may turn up alone. */
function noteMembers(found: Found, name: string, value: string): void {
  if (!value.startsWith('{')) return
  try {
    for (const [key, member] of Object.entries(secretsInConfig(JSON.parse(value))))
      noteSecret(found, `${name}.${key}`, member)
  } catch {
    // Only looks like JSON.
  }
}

/** Secrets by name, as they are found. */
type Found = Record<string, string>

/** The values in a provider's configuration, at any depth, whose keys say that they are secrets, by key; and those of its `env`. */
export function secretsInConfig(config: unknown, found: Found = {}): Found {
  collect(config, found, new Set())
  return found
}

/** The secrets of providers: each knows its own, and any may say them. */
export function secretsInProviders(
  providers: readonly { readonly config?: unknown; readonly env?: unknown }[],
  found: Found = {},
): Found {
  for (const { config, env } of providers) secretsInConfig({ config, env }, found)
  return found
}

const PROVIDER_KEYS: ReadonlySet<string> = new Set(['providers', 'targets', 'provider', 'env'])

/** The secrets in a suite as it is written, with `{{env.X}}` resolved: of providers and graders wherever they stand, and in its `env`. */
export function secretsInSuite(document: unknown): Found {
  const found: Found = {}
  const seen = new Set<object>()
  const walk = (part: unknown): void => {
    for (const [key, value] of membersOf(part, seen)) {
      if (PROVIDER_KEYS.has(key)) secretsInConfig({ [key]: value }, found)
      else walk(value)
    }
  }
  walk(document)
  return found
}

function collect(config: unknown, found: Found, seen: Set<object>): void {
  for (const [key, value] of membersOf(config, seen)) {
    if (typeof value !== 'string') {
      if (key === 'env')
        for (const [name, secret] of Object.entries(secretsInEnv(stringsOf(value))))
          noteSecret(found, name, secret)
      collect(value, found, seen)
    } else if (NAMES_SECRET.test(key) && !NAMES_SETTING.test(key) && !FILE.test(value))
      noteSecret(found, key, value)
    else {
      const password = URL_PASSWORD.exec(value)?.[1]
      if (password !== undefined) noteSecret(found, key, decoded(password))
    }
  }
}

/** None of what was looked at before: parts may be shared, or hold themselves. */
function membersOf(value: unknown, seen: Set<object>): [string, unknown][] {
  if (typeof value !== 'object' || value === null || seen.has(value)) return []
  seen.add(value)
  return Object.entries(value)
}

/** Adds a value to those found, under a name that no other has. */
export function noteSecret(found: Found, key: string, value: string): void {
  // `Authorization: Bearer abc`: what follows the scheme is the secret, and may turn up alone.
  const secret = value.replace(/^(?:bearer|basic|token) +/i, '').trim()
  if (secret.length < MIN_LENGTH || secret.includes('{{')) return
  // The same key in several providers, each with its own value.
  let name = key
  for (let n = 2; name in found && found[name] !== secret; n++) name = `${key}-${n}`
  found[name] = secret
}

function stringsOf(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {}
  return Object.fromEntries(
    Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  )
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function looksRandom(value: string): boolean {
  return /^[^\s/]\S{11,}$/.test(value) && /[0-9]/.test(value) && /[A-Za-z]/.test(value)
}
