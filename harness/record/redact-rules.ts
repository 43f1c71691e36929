/** One kind of secret: where it is, and what it is called in the record. */
export interface RedactRule {
  readonly name: string
  /** With the `g` flag. A group named `kept` is left standing in front of the replacement. */
  readonly pattern: RegExp
  /**
   * Source of a cheap expression found wherever `pattern` may match, also in text that is escaped once more. Its
   * length is bounded: a reply full of beginnings must not cost quadratic time.
   */
  readonly probe: string
  /** False: object keys are left alone, so that a broad rule cannot rename the fields of the record itself. */
  readonly inKeys: boolean
}

/** No longer word, hash or base64 run goes on before a secret; the `n` of an escaped newline is no such word. */
const START = String.raw`(?:(?<![A-Za-z0-9+/_-])|(?<=\\[bfnrt]))`

const BLANK = String.raw`\\+[nrt]`
const KEY_BLOCK = '[A-Z ]{0,40} PRIVATE KEY(?: BLOCK)?-----'

/**
 * Well-known credentials. No pattern matches a quote or half an escape, and every repetition is bounded: an endless
 * one overflows the stack on a reply of 10 MB. Each row: a name, a probe, what stands in front, the secret.
 */
const SHAPES: readonly (readonly [name: string, probe: string, kept: string, secret: string])[] = [
  ['anthropic-key', 'sk-ant-', START, 'sk-ant-[A-Za-z0-9_-]{16,512}'],
  // A digit and a long run are asked for because `sk-` also begins ordinary hyphenated names.
  [
    'api-key',
    'sk-[A-Za-z0-9]',
    START,
    'sk-(?=[A-Za-z_-]{0,64}[0-9])(?=[A-Za-z0-9_-]{0,64}[A-Za-z0-9]{16})[A-Za-z0-9_-]{20,512}',
  ],
  ['aws-key-id', 'A[KS]IA[A-Z2-7]{16}', START, 'A[KS]IA[A-Z2-7]{16}(?![A-Za-z0-9+/_=-])'],
  ['google-key', 'AIza[A-Za-z0-9_-]{35}', START, 'AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])'],
  ['github-token', 'gh[oprsu]_[A-Za-z0-9]{36}', START, 'gh[oprsu]_[A-Za-z0-9]{36,512}'],
  ['github-token', 'github_pat_', START, 'github_pat_[A-Za-z0-9_]{40,512}'],
  ['slack-token', 'xox[abeoprs]-', START, 'xox[abeoprs]-[A-Za-z0-9-]{10,512}'],
  [
    'jwt',
    'eyJ[A-Za-z0-9_-]{10}',
    START,
    String.raw`eyJ[A-Za-z0-9_-]{10,8192}\.eyJ[A-Za-z0-9_-]{10,8192}\.[A-Za-z0-9_-]{10,8192}`,
  ],
  // "bearer of good news" is prose: a token is long and has a digit.
  [
    'bearer-token',
    '[Bb]earer {1,8}[A-Za-z0-9._~+/-]{16}',
    `${START}(?<kept>[Bb]earer {1,8})`,
    '(?=[A-Za-z._~+/-]{0,64}[0-9])[A-Za-z0-9._~+/-]{16,8192}={0,2}',
  ],
  [
    'url-password',
    String.raw`:\/\/[^\s/:@"]{0,64}:`,
    String.raw`(?<kept>:\/\/[^\s/:@"'\\<>]{0,64}:)`,
    String.raw`[^\s/@"'\\<>]{3,256}(?=@)`,
  ],
  // Without its end the block was cut off: what looks like base64 goes.
  [
    'private-key',
    '-----BEGIN',
    '',
    String.raw`-----BEGIN${KEY_BLOCK}(?:(?:[^"\\-]|-(?!-{4})|${BLANK}){0,16384}-----END${KEY_BLOCK}|(?:[A-Za-z0-9+/=\r\n]|${BLANK}){0,16384})`,
  ],
  [
    'aws-account',
    'arn:aws',
    '(?<kept>arn:aws[a-z-]{0,16}:[a-z0-9-]{0,64}:[a-z0-9-]{0,64}:)',
    '[0-9]{12}(?![0-9])',
  ],
]

export const SHAPE_RULES: readonly RedactRule[] = SHAPES.map(([name, probe, kept, secret]) => ({
  name,
  probe,
  pattern: new RegExp(kept + secret, 'g'),
  inKeys: true,
}))

/** A known value, as it stands in text, in JSON, in JSON inside JSON, and in a URL. */
export function literalRule(name: string, value: string): RedactRule {
  const probe = literalForms(value).map(escapeRegExp).join('|')
  // The record's own keys are letters only, with a digit here and there.
  return { name, probe, pattern: new RegExp(probe, 'g'), inKeys: /[^A-Za-z0-9]|[0-9]{2}/.test(value) }
}

/** The forms, longest first, since one may begin with another. */
function literalForms(value: string): string[] {
  const forms = new Set([value])
  if (value.isWellFormed()) forms.add(encodeURIComponent(value))
  let escaped = value
  for (let depth = 1; depth <= 3; depth++) {
    escaped = JSON.stringify(escaped).slice(1, -1)
    forms.add(escaped)
  }
  return [...forms].sort((a, b) => b.length - a.length)
}

/** `RegExp.escape`, which Node 22 lacks. */
function escapeRegExp(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)
}
