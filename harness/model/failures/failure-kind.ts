import type { FailureKind } from '../failure.ts'

/** What is known of a call that failed. */
interface Evidence {
  /** Names, codes and types of the error and of its causes, the outermost first: "ThrottlingException", "ECONNRESET". */
  readonly names: readonly string[]
  readonly status?: number | undefined
  /** Its message, and what there is of the response's body. */
  readonly text: string
  /** Milliseconds the server asked us to wait. */
  readonly retryAfterMs?: number | undefined
}

const NAMES: Readonly<Partial<Record<FailureKind, string>>> = {
  aborted: 'AbortError UND_ERR_ABORTED APIUserAbortError',
  timeout: `TimeoutError APIConnectionTimeoutError ETIMEDOUT ESOCKETTIMEDOUT UND_ERR_CONNECT_TIMEOUT UND_ERR_HEADERS_TIMEOUT
    UND_ERR_BODY_TIMEOUT ModelTimeoutException RequestTimeout RequestTimeoutException timeout_error
    DEADLINE_EXCEEDED`,
  throttled: `Throttling ThrottlingException ThrottledException TooManyRequestsException rate_limit_error rate_limit_exceeded
    rate_limited too_many_requests RESOURCE_EXHAUSTED RequestLimitExceeded SlowDown`,
  unavailable: `ECONNREFUSED ECONNRESET ECONNABORTED ENOTFOUND EAI_AGAIN EPIPE EHOSTUNREACH ENETUNREACH ENETDOWN
    ERR_STREAM_PREMATURE_CLOSE ERR_HTTP2_STREAM_ERROR ERR_HTTP2_GOAWAY_SESSION ERR_SSL_SSLV3_ALERT_BAD_RECORD_MAC
    APIConnectionError ServiceUnavailableException InternalServerException ModelNotReadyException
    ModelStreamErrorException ModelErrorException InternalFailure InternalServerError overloaded_error server_error
    internal_server_error service_unavailable`,
  auth: `AccessDeniedException UnrecognizedClientException ExpiredTokenException InvalidSignatureException
    ExpiredToken RequestExpired InvalidClientTokenId MissingAuthenticationToken MissingAuthenticationTokenException
    IncompleteSignature IncompleteSignatureException SignatureDoesNotMatch RequestTimeTooSkewed OptInRequired
    CredentialsProviderError TokenProviderError authentication_error permission_error invalid_api_key UNAUTHENTICATED
    PERMISSION_DENIED
    AI_LoadAPIKeyError`,
  invalid: `ValidationException ResourceNotFoundException ServiceQuotaExceededException invalid_request_error
    not_found_error model_not_found INVALID_ARGUMENT ERR_INVALID_URL
    UND_ERR_INVALID_ARG UND_ERR_INVALID_RETURN_VALUE UND_ERR_NOT_SUPPORTED DEPTH_ZERO_SELF_SIGNED_CERT
    SELF_SIGNED_CERT_IN_CHAIN UNABLE_TO_VERIFY_LEAF_SIGNATURE UNABLE_TO_GET_ISSUER_CERT
    UNABLE_TO_GET_ISSUER_CERT_LOCALLY HOSTNAME_MISMATCH
    AI_JSONParseError AI_TypeValidationError AI_InvalidResponseDataError AI_UnsupportedFunctionalityError
    AI_InvalidPromptError AI_InvalidArgumentError AI_NoSuchModelError`,
  credit: 'billing_error',
}

const KIND_OF_NAME: ReadonlyMap<string, FailureKind> = new Map(
  Object.entries(NAMES).flatMap(([kind, names]) =>
    names.split(/\s+/).map((name) => [name, kind as FailureKind] as const),
  ),
)

/** Whole families of names. A certificate or a protocol that is wrong stays wrong: trying again helps nobody. */
const FAMILIES: readonly (readonly [RegExp, FailureKind])[] = [
  [/^(?:CERT_|ERR_TLS_|ERR_SSL_)/, 'invalid'],
  [/^UND_ERR_(?!RESPONSE)/, 'unavailable'],
]

/** What may be such a name, in a text that a provider made of an error. */
const NAME_IN_TEXT =
  /\b(?:[A-Z]\w+(?:Exception|Error)|[A-Z][A-Z\d]*(?:_[A-Z\d]+)+|E[A-Z]{4,}|[a-z]+(?:_[a-z]+)+)\b/g

/**
 * Sentences of Node and of the providers, for texts that hold no name. JSON that cannot be parsed arrived whole, and was
 * paid for: it is not asked for again. A connection lost before the end of a body is another matter, and says so.
 */
const SENTENCES: readonly (readonly [RegExp, FailureKind])[] = [
  [/\bin JSON at position\b|\bis not valid JSON\b|\bUnexpected end of JSON input\b/, 'invalid'],
  [/self[- ]signed certificate|certificate has expired|unable to verify the first certificate/i, 'invalid'],
  [/\brate limit(?:ed|s)?\b|\btoo many requests\b/i, 'throttled'],
  [/\btimed out\b/i, 'timeout'],
  [/\bsocket hang up\b|\bfetch failed\b|\bother side closed\b|(?:^|: )terminated\b/i, 'unavailable'],
  [/\bconnection error\b|\bservice unavailable\b|\bbad gateway\b|\binternal server error\b/i, 'unavailable'],
  [/\boverloaded\b/i, 'unavailable'],
  // AWS's event streams, of a frame that was not received as it was sent.
  [/\bchecksum\b.*\bnot match\b|\bTruncated event message\b|\breceived message length\b/, 'unavailable'],
]

/** Characters within which a text says what went wrong; further on it may be the model that speaks. */
const BEGINNING = 500

/** The same for the text of an HTTP error, whose body is the server's own. */
const ERROR_BODY = 4000

/** Words for an account that has no money left, whatever else is said. */
const NO_CREDIT =
  /credit balance is too low|credit_balance|billing[_ ]hard[_ ]limit|billing_not_active|insufficient[_ ]credit/i

/** Words for the same, which Azure and Google use for a limit per minute too. */
const NO_QUOTA = /insufficient_quota|exceeded your current quota|quota_exceeded/i

/** A server that names a time of recovery no further off than this, in milliseconds, speaks of pace and not of money. */
const PACE_WITHIN_MS = 3_600_000

/** Google's words for a key that it refuses, which it says with a 400. */
const KEY_REFUSED = /\bAPI_KEY_INVALID\b|\bAPI key (?:not valid|expired)\b/

/** What the AI SDK says where it has nothing: why that is so, its cause tells better, if there is one. */
const NOTHING_CAME = 'AI_NoOutputGeneratedError'

const MAY_BE_CREDIT: ReadonlySet<number | undefined> = new Set([400, 403, 429, undefined])

/**
 * What kind of failure it is. What the error itself is called tells most, then the HTTP status; the text is asked last,
 * for many a provider has only that.
 */
export function kindOf({ names, status, text, retryAfterMs }: Evidence): FailureKind {
  const failed = status !== undefined && status >= 400 ? status : undefined
  const said = text.slice(0, failed === undefined ? BEGINNING : ERROR_BODY)
  if (failed === 402 || (MAY_BE_CREDIT.has(failed) && saysNoCredit(said, retryAfterMs))) return 'credit'
  if (failed === 400 && KEY_REFUSED.test(said)) return 'auth'
  return (
    firstKind(names) ??
    (failed === undefined ? undefined : kindOfStatus(failed)) ??
    firstKind(said.match(NAME_IN_TEXT) ?? []) ??
    kindOfSentence(said) ??
    (names.includes(NOTHING_CAME) ? 'no_output' : 'unknown')
  )
}

function saysNoCredit(text: string, retryAfterMs: number | undefined): boolean {
  if (NO_CREDIT.test(text)) return true
  return NO_QUOTA.test(text) && (retryAfterMs === undefined || retryAfterMs > PACE_WITHIN_MS)
}

function firstKind(names: readonly string[]): FailureKind | undefined {
  for (const name of names) {
    const kind = KIND_OF_NAME.get(name) ?? FAMILIES.find(([family]) => family.test(name))?.[1]
    if (kind !== undefined) return kind
  }
  return undefined
}

/** 529 is Anthropic's overload, 524 Cloudflare's timeout; 501 and 505 are said of every call of the sort. */
function kindOfStatus(status: number): FailureKind {
  if (status === 429) return 'throttled'
  if (status === 401 || status === 403 || status === 407) return 'auth'
  if (status === 408 || status === 504 || status === 524) return 'timeout'
  if (status === 425) return 'unavailable'
  return status >= 500 && status !== 501 && status !== 505 ? 'unavailable' : 'invalid'
}

function kindOfSentence(text: string): FailureKind | undefined {
  return SENTENCES.find(([sentence]) => sentence.test(text))?.[1]
}
