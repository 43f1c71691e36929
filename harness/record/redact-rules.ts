/** One kind of secret: where it is, and what it is called in the record. */
export interface RedactRule {
  readonly name: string
  /** With the `g` flag. A group named `kept` is left standing in front of the replacement. */
  readonly pattern: RegExp
  /** Looks closer at what the pattern has matched, without `kept`. */
  readonly isSecret?: ((match: string) => boolean) | undefined
  /** False: object keys are left alone, so that a broad rule cannot rename the fields of the record itself. */
  readonly inKeys: boolean
}

/** No longer word, hash or base64 run goes on before a secret; the `n` of an escaped newline is no such word. */
const START = String.raw`(?:(?<![A-Za-z0-9+/_-])|(?<=\\[bfnrt]))`

const BLANK = String.raw`\\+[nrt]`
const KEY_BLOCK = '[A-Z ]{0,40} PRIVATE KEY(?: BLOCK)?-----'
/** Percent signs stand for what a URL escapes of base64. */
const BASE64 = String.raw`(?:[A-Za-z0-9+/_-]|%2[BbFf])`

const PARAMETERS =
  '(?:key|sig|signature|token|code|auth|password|pwd|secret|api[-_]?key|access[-_]?token|id[-_]?token)'

/**
 * Well-known credentials. No pattern matches a quote or half an escape, and every repetition is bounded: an endless
 * one overflows the stack on a reply of 10 MB. Each row: a name, a probe, what stands in front, the secret.
 *
 * A probe is found wherever its pattern may match, also in text that is escaped once more. It begins with a character that is
 * rare in text and looks back from there: one scan for all of them then skips most of a line. Its length is bounded, so that a
 * reply full of beginnings costs no quadratic time.
 */
const SHAPES: readonly (readonly [name: string, probe: string, kept: string, secret: string])[] = [
  ['anthropic-key', '-(?<=sk-)ant-', START, 'sk-ant-[A-Za-z0-9_-]{16,512}'],
  // A digit and a long run are asked for because `sk-` also begins ordinary hyphenated names.
  [
    'api-key',
    '-(?<=sk-)[A-Za-z0-9]',
    START,
    'sk-(?=[A-Za-z_-]{0,64}[0-9])(?=[A-Za-z0-9_-]{0,64}[A-Za-z0-9]{16})[A-Za-z0-9_-]{20,512}',
  ],
  // Groq, Hugging Face, Replicate; xAI, Perplexity.
  [
    'api-key',
    '_(?<=gsk_|hf_|r8_)[A-Za-z0-9]{32}',
    START,
    '(?:gsk_[A-Za-z0-9]{40,128}|hf_[A-Za-z]{34}|r8_[A-Za-z0-9]{37})(?![A-Za-z0-9])',
  ],
  ['api-key', '-(?<=xai-|pplx-)[A-Za-z0-9]{40}', START, '(?:xai|pplx)-[A-Za-z0-9]{40,128}'],
  // SigV4: in the header, and escaped in a presigned URL. The id may be none that AWS gave out.
  [
    'aws-key-id',
    '=(?<=Credential=)',
    '(?<kept>Credential=)',
    '[A-Za-z0-9._-]{3,128}(?=(?:/|%2[Ff])[0-9]{8}(?:/|%2[Ff]))',
  ],
  ['aws-signature', '=(?<=Signature=)[0-9a-f]', '(?<kept>Signature=)', '[0-9a-f]{64}(?![0-9a-f])'],
  ['aws-key-id', 'A[KS]IA[A-Z0-9]{16}', START, 'A[KS]IA[A-Z0-9]{16}(?![A-Za-z0-9+/_=-])'],
  [
    'aws-session-token',
    'IQoJb3JpZ2lu|F[Qw]oGZXIvYXdz',
    START,
    `(?:IQoJb3JpZ2lu|F[Qw]oGZXIvYXdz)${BASE64}{40,8192}(?:=|%3[Dd]){0,2}`,
  ],
  ['bedrock-key', 'ABSK[A-Za-z0-9+/]{40}', START, 'ABSK[A-Za-z0-9+/]{40,1024}={0,2}'],
  [
    'bedrock-key',
    '-(?<=bedrock-api-key-)',
    START,
    `bedrock-api-key-(?=${BASE64}{0,512}[A-Z0-9])${BASE64}{16,8192}(?:=|%3[Dd]){0,2}`,
  ],
  ['google-key', 'AIza[A-Za-z0-9_-]{35}', START, 'AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])'],
  ['google-token', String.raw`9(?<=ya29)\.`, START, String.raw`ya29\.[A-Za-z0-9_-]{20,2048}`],
  ['github-token', '_(?<=gh[oprsu]_)[A-Za-z0-9]{36}', START, 'gh[oprsu]_[A-Za-z0-9]{36,512}'],
  ['github-token', '_(?<=github_pat_)', START, 'github_pat_[A-Za-z0-9_]{40,512}'],
  ['slack-token', '-(?<=xox[abeoprs]-)', START, 'xox[abeoprs]-[A-Za-z0-9-]{10,512}'],
  [
    'slack-webhook',
    String.raw`:\/\/hooks\.slack`,
    String.raw`(?<kept>:\/\/hooks\.slack(?:-gov)?\.com\/[a-z]{1,16}\/)`,
    '[A-Za-z0-9/]{20,256}',
  ],
  [
    'jwt',
    'J(?<=eyJ)[A-Za-z0-9_-]{10}',
    START,
    String.raw`eyJ[A-Za-z0-9_-]{10,8192}\.eyJ[A-Za-z0-9_-]{10,8192}\.[A-Za-z0-9_-]{10,8192}`,
  ],
  [
    'url-password',
    String.raw`:\/\/[^\s/:@"]{0,64}:`,
    String.raw`(?<kept>:\/\/[^\s/:@"'\\<>]{0,64}:)`,
    String.raw`[^\s/@"'\\<>]{3,256}(?=@)`,
  ],
  [
    'url-parameter',
    `=(?<=[?&]${PARAMETERS}=)`,
    `(?<kept>[?&]${PARAMETERS}=)`,
    '(?=[A-Za-z_.~%+/-]{0,512}[0-9])[A-Za-z0-9_.~%+/-]{16,8192}={0,2}',
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
    ':aws(?<=arn:aws)',
    '(?<kept>arn:aws[a-z-]{0,16}:[a-z0-9-]{0,64}:[a-z0-9-]{0,64}:)',
    '[0-9]{12}(?![0-9])',
  ],
]

export const SHAPE_RULES: readonly RedactRule[] = SHAPES.map(([name, , kept, secret]) => ({
  name,
  pattern: new RegExp(kept + secret, 'g'),
  inKeys: true,
}))

/** Found in every text that a rule above may have something to do with, and in little else. */
export const SHAPE_PROBE = new RegExp(SHAPES.map(([, probe]) => probe).join('|'))
