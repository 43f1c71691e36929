/** Shorter values are too likely to be part of ordinary text. */
const MIN_LENGTH = 8

const WORD = '(?:key|token|secret|password|passwd|passphrase|pwd|credentials?|auth|authorization)'
/** A name that ends in such a word holds a secret: OPENAI_API_KEY, apiKey, x-api-key, DB_PASSWORD. */
const NAMES_SECRET = new RegExp(`${WORD}s?$`, 'i')
/** A name that holds one elsewhere may hold a setting instead: TOKEN_GITHUB, but also AUTH_METHOD and SSH_AUTH_SOCK. */
const MENTIONS_SECRET = new RegExp(`(?:^|[_-])${WORD}(?:[_-]|$)`, 'i')
/** Settings that end like one: what is cached, sorted or counted by. */
const NAMES_SETTING =
  /(?:cache|sort|primary|foreign|public|partition|group|max|min|num|total|stop|label|map)[_-]?(?:key|token)s?$/i

/** A shell's working folders, not passwords. */
const WORKING_FOLDERS: ReadonlySet<string> = new Set(['PWD', 'OLDPWD', 'INIT_CWD'])

/**
 * The values in an environment whose names say that they are secrets, by name.
 * Names: KEY, TOKEN, SECRET, PASSWORD, CREDENTIAL, AUTH and the like; values of 8 characters or more.
 */
export function secretsInEnv(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [name, raw] of Object.entries(env)) {
    const value = raw?.trim() ?? ''
    if (value.length < MIN_LENGTH || NAMES_SETTING.test(name) || WORKING_FOLDERS.has(name)) continue
    if (NAMES_SECRET.test(name) || (MENTIONS_SECRET.test(name) && looksRandom(value))) found[name] = value
  }
  return found
}

/** The values in a provider's configuration, at any depth, whose keys say that they are secrets, by key. */
export function secretsInConfig(config: unknown, found: Record<string, string> = {}): Record<string, string> {
  if (typeof config !== 'object' || config === null) return found
  for (const [key, value] of Object.entries(config)) {
    if (typeof value !== 'string') secretsInConfig(value, found)
    else if (NAMES_SECRET.test(key) && !NAMES_SETTING.test(key)) note(found, key, value)
  }
  return found
}

function note(found: Record<string, string>, key: string, value: string): void {
  // `Authorization: Bearer abc`: what follows the scheme is the secret, and may turn up alone.
  const secret = value.replace(/^(?:bearer|basic|token) +/i, '').trim()
  if (secret.length < MIN_LENGTH || secret.includes('{{')) return
  // The same key in several providers, each with its own value.
  let name = key
  for (let n = 2; name in found && found[name] !== secret; n++) name = `${key}-${n}`
  found[name] = secret
}

function looksRandom(value: string): boolean {
  return /^[^\s/]\S{11,}$/.test(value) && /[0-9]/.test(value) && /[A-Za-z]/.test(value)
}
