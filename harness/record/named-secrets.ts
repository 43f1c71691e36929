import type { RedactRule } from './redact-rules.ts'

const QUALIFIER = [
  'api',
  'secret',
  'access',
  'session',
  'security',
  'client',
  'private',
  'auth',
  'account',
  'refresh',
  'id',
  'bearer',
  'signing',
  'encryption',
  'subscription',
]
const NOUN = ['key', 'token', 'secret']

const QUALIFIERS = `(?:${QUALIFIER.map(anyCase).join('|')})`
const QUALIFIED = `${QUALIFIERS}[-_ ]?(?:${NOUN.map(anyCase).join('|')})`
const PASSWORD = `${anyCase('pass')}(?:${['word', 'wd', 'phrase'].map(anyCase).join('|')})`
const AUTHORIZATION = anyCase('authorization')

/** `valid token` ends like a name. */
const WORD_START = '(?:(?<![A-Za-z])|(?=[A-Z]))'

/** A quote, as it stands in text, in JSON at any depth, in HTML and in a URL. */
const QUOTE = String.raw`(?:\\{0,8}["']|&(?:quot|#0?34|#0?39|#x22|#x27);|%22)`
/** Between a name and its value: `: `, `=`, `=>`, the same between quotes, and a comma in a list of headers. */
const BETWEEN = `${QUOTE}?[ \\t]{0,3}(?:=>|[:=]|%3[AaDd]|,(?=[ \\t]{0,3}${QUOTE}))[ \\t]{0,3}${QUOTE}?`

const CHARACTER = String.raw`[^\s"'${'`'}\\,;&<>(){}[\]|]`
/** Prose that follows a name has no digits; a value of digits only is an amount. */
const VALUE = `(?=${CHARACTER}{0,512}[0-9])(?=${CHARACTER}{0,512}[A-Za-z])${CHARACTER}{8,4096}`

/** Name of the rule for what nothing but its name tells to be secret. */
export const NAMED_SECRET = 'named-secret'

/** What the name in front of it tells to be a secret, whatever it looks like. Each row: a name, what stands in front, the secret. */
const NAMED: readonly (readonly [name: string, kept: string, secret: string])[] = [
  // "bearer of good news" is prose: a token is long and has a digit.
  [
    'bearer-token',
    '(?:(?<![A-Za-z0-9+/_-])|(?<=\\\\[bfnrt]))(?<kept>[Bb]earer(?: {1,8}|%20))',
    '(?=[A-Za-z._~+/-]{0,64}[0-9])[A-Za-z0-9._~+/-]{16,8192}={0,2}',
  ],
  ['basic-auth', '(?<kept>\\b[Bb]asic(?: {1,8}|%20))', '[A-Za-z0-9+/_-]{8,1024}(?:=|%3[Dd]){0,2}'],
  [NAMED_SECRET, `(?<kept>${AUTHORIZATION}${BETWEEN}(?:[A-Za-z][A-Za-z0-9-]{1,20} {1,2})?)(?!AWS4-)`, VALUE],
  [NAMED_SECRET, `(?<kept>${WORD_START}(?:${QUALIFIED}|${PASSWORD})${BETWEEN})`, VALUE],
  [
    'cookie',
    `(?<kept>[Cc]ookie${QUOTE}?: ?${QUOTE}?)`,
    String.raw`(?=[^\r\n"'\\]{8})(?:[A-Za-z0-9_.!#$%*+^-]{1,64}=[^\s"'\\;,<>]{1,4096}(?:; ?)?){1,32}`,
  ],
]

export const NAMED_RULES: readonly RedactRule[] = NAMED.map(([name, kept, secret]) => ({
  name,
  pattern: new RegExp(kept + secret, 'g'),
  inKeys: true,
  isSecret: name === 'basic-auth' ? isUserAndPassword : undefined,
}))

const KEY_OR_TOKEN = `(?:${anyCase('key')}|${anyCase('token')})`

/** As `SHAPE_PROBE`: each of its words is looked for by its rarest letter. */
export const NAME_PROBE = new RegExp(
  [
    `[Kk][Ee](?:[Yy]|[Nn])(?<=${QUALIFIERS}[-_ ]?${KEY_OR_TOKEN})`,
    `[Cc][Rr][Ee][Tt](?<=${QUALIFIERS}[-_ ]?${anyCase('secret')})`,
    `[Zz](?<=${anyCase('authoriz')})`,
    `[Ww](?<=${anyCase('passw')})`,
    `${anyCase('phrase')}(?<=${anyCase('passphrase')})`,
    `[Bb](?:earer|asic)(?: |%20)`,
    `ki(?<=ooki)e["'\\\\&:%]`,
  ].join('|'),
)

const SECRET_FIELD = new RegExp(`(?:^|[^A-Za-z])(?:${QUALIFIED}|${PASSWORD})$|^[A-Za-z]{1,40}${camelCase()}$`)
const HEADER_FIELD = /^(?:proxy-)?authorization$/i
const COOKIE_FIELD = /^(?:set-)?cookie$/i
const WHOLE_VALUE = new RegExp(`^${VALUE}$`)
const SCHEME_AND_VALUE = new RegExp(`^(?:[A-Za-z][A-Za-z0-9-]{1,20} {1,2})?${VALUE}`)
/** A reference to a secret is none. */
const REFERENCE = /^(?:file|env):|^[~.]{0,2}\//

const MAX_KNOWN = 1000
const known = new Map<string, RegExp | undefined>()

/** What a value of this field has to look like to be a secret; undefined for a field that holds none. A record has few fields, many times. */
function valuesOf(field: string): RegExp | undefined {
  if (known.has(field)) return known.get(field)
  if (known.size >= MAX_KNOWN) known.clear()
  let values: RegExp | undefined
  if (HEADER_FIELD.test(field)) values = SCHEME_AND_VALUE
  else if (COOKIE_FIELD.test(field)) values = /=/
  else if (SECRET_FIELD.test(field)) values = WHOLE_VALUE
  known.set(field, values)
  return values
}

/** True for a string whose field in JSON says that it is a secret. */
export function isSecretField(field: string, value: string): boolean {
  const values = valuesOf(field)
  return values?.test(value) === true && !value.includes('[redacted:') && !REFERENCE.test(value)
}

/** `openaiApiKey`, `awsSecretAccessKey`: the words of a name, each with a capital. */
function camelCase(): string {
  const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
  const qualified = `(?:${QUALIFIER.map(capital).join('|')})(?:Access)?(?:${NOUN.map(capital).join('|')})`
  return `(?:${qualified}|Password|Passphrase)`
}

/** "Basic understanding" is prose. */
function isUserAndPassword(match: string): boolean {
  return /^[\x20-\x7e]{0,256}:[\x20-\x7e]{1,1024}$/.test(
    Buffer.from(decodeURIComponent(match), 'base64').toString('latin1'),
  )
}

/** `[Kk][Ee][Yy]`: the flag that says so for a whole expression makes it slow. */
function anyCase(word: string): string {
  return word.replaceAll(/[a-z]/g, (letter) => `[${letter.toUpperCase()}${letter}]`)
}
