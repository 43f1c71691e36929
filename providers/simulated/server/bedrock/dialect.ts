import type { IncomingHttpHeaders } from 'node:http'
import type { Dialect, WireReply } from '../protocol.ts'
import { WireError } from '../protocol.ts'

const SIGNATURE =
  /^AWS4-HMAC-SHA256 Credential=[^/\s,]+\/\d{8}\/[a-z\d-]+\/bedrock\/aws4_request, ?SignedHeaders=[a-z\d;-]*host[a-z\d;-]*, ?Signature=[\da-f]{64}$/
const BEARER = /^Bearer \S+$/

const NAMES: Readonly<Record<number, readonly [type: string, message: string]>> = {
  400: ['ValidationException', 'The provided request is not valid.'],
  403: ['AccessDeniedException', "You don't have access to the model with the specified model ID."],
  404: [
    'ResourceNotFoundException',
    'Could not resolve the foundation model from the provided model identifier.',
  ],
  408: [
    'ModelTimeoutException',
    'The request took too long to process. Processing time exceeded the model timeout length.',
  ],
  424: ['ModelErrorException', 'The request failed due to an error while processing the model.'],
  429: ['ThrottlingException', 'Too many requests, please wait before trying again.'],
  500: [
    'InternalServerException',
    'The system encountered an unexpected error during processing. Try again your request.',
  ],
  503: ['ServiceUnavailableException', 'Bedrock is unable to process your request.'],
}

/** What every call of Amazon Bedrock's runtime has in common. */
export const bedrock: Dialect = {
  name: 'bedrock',
  authorize,
  nameStatus(status) {
    const [type, message] = NAMES[status] ?? ['InternalFailure', `HTTP ${status}`]
    return { type, message }
  },
  refuseModel,
  tooLong: () => invalid('Input is too long for requested model.'),
  malformed: (message) => new WireError(400, 'SerializationException', message),
  error({ type, message }, id): WireReply {
    return {
      headers: {
        'content-type': 'application/json',
        'x-amzn-requestid': id,
        'x-amzn-errortype': `${type}:http://internal.amazon.com/coral/com.amazon.bedrock/`,
      },
      body: JSON.stringify({ message }),
    }
  },
}

/** A request that Bedrock finds fault with. */
export function invalid(message: string): WireError {
  return new WireError(400, 'ValidationException', message)
}

function refuseModel(model: string, needsProfile: boolean): WireError {
  if (needsProfile) {
    return invalid(
      `Invocation of model ID ${model} with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.`,
    )
  }
  return /[.:]/.test(model)
    ? new WireError(404, 'ResourceNotFoundException', NAMES[404]?.[1] ?? '')
    : invalid('The provided model identifier is invalid.')
}

/** A signature that looks like one, or any bearer token: there is no secret to check it against. */
function authorize({ authorization, ...headers }: IncomingHttpHeaders): void {
  if (authorization === undefined)
    throw new WireError(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token')
  if (BEARER.test(authorization)) return
  if (SIGNATURE.test(authorization) && typeof headers['x-amz-date'] === 'string') return
  throw new WireError(
    403,
    'IncompleteSignatureException',
    authorization.startsWith('AWS4-')
      ? 'Authorization header requires a Credential, a SignedHeaders and a Signature parameter, and a date in X-Amz-Date.'
      : 'Authorization header is neither a signature of version 4 nor a bearer token.',
  )
}
