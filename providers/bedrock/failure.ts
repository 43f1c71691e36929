import { HarnessError, messageOf } from '../../harness/model/errors.ts'
import type { Failure } from '../../harness/model/failure.ts'
import { failureOfThrown } from '../../harness/model/failures/failure-of.ts'
import { CutShort } from './ask.ts'
import type { Call } from './client/call.ts'
import { Unreadable } from './client/unreadable.ts'
import type { ModelName } from './model/model-name.ts'
import { Refused } from './request/refused.ts'

/** What the SDK adds to the message of a reply that it cannot read. */
const SDKS_ADVICE = /\n {2}Deserialization error: .*$/s

/** What AWS adds where it finds another signature: the request as it read it, a session's token among its headers. */
const REQUEST_TOLD_BACK = /\s*The Canonical String for this request should have been.*$/s

/** What to do about what Bedrock says, by its own sentences. */
const HINTS: readonly (readonly [RegExp, (name: ModelName, region: string) => string])[] = [
  [
    /on-demand throughput|inference profile/i,
    ({ base }, region) => `call it by an inference profile: ${prefixOf(region)}.${base}`,
  ],
  [/signature (?:expired|not yet current)/i, () => 'is the clock of this machine right?'],
  [/ExpiredToken|(?:token|session)\b.*\bexpired/i, () => 'the credentials have run out: get new ones'],
  [
    /model identifier is invalid|don't have access to the model|not authorized|AccessDenied/i,
    (_, region) =>
      `is the model served in ${region}, and may these credentials use it (bedrock:InvokeModel, model access)?`,
  ],
  [/end of its life|marked by provider as Legacy/i, () => 'move to a later model'],
  [/\bENOTFOUND\b/, (_, region) => `is ${region} a region that has Bedrock?`],
]

/** Why a call yielded no reply. The signal tells before the error does: an aborted stream looks like a lost connection. */
export function failureOfCall(
  thrown: unknown,
  call: Call,
  {
    name,
    region,
    timeoutMs,
    wallClock,
  }: { name: ModelName; region: string; timeoutMs: number; wallClock: () => Date },
): Failure {
  if (call.aborted) return { kind: 'aborted', message: 'the call was aborted' }
  if (call.timedOut) {
    const what = call.status === undefined ? 'no reply' : 'no end of the reply'
    return { kind: 'timeout', message: `${what} within ${timeoutMs} ms` }
  }
  if (thrown instanceof Refused || thrown instanceof Unreadable)
    return { kind: 'invalid', message: thrown.message }
  if (thrown instanceof CutShort) return { kind: 'unavailable', message: thrown.message }
  const { message, status, ...failure } = failureOfThrown(thrown, wallClock)
  const kind = isLost(thrown) ? 'unavailable' : failure.kind
  const said = messageWithName(thrown, message.replace(SDKS_ADVICE, '').replace(REQUEST_TOLD_BACK, ''))
  const hint = HINTS.find(([sentence]) => sentence.test(said))?.[1](name, region)
  return {
    ...failure,
    kind,
    message: hint === undefined ? said : `${said} (${hint})`,
    // A reply that could not be read to its end began with a 200.
    ...(status !== undefined && status >= 400 && { status }),
  }
}

/** Before a call could be made: no credentials, no region, no such config. */
export function failureOfSetup(thrown: unknown): Failure {
  const { message, hint } =
    thrown instanceof HarnessError ? thrown : { message: messageOf(thrown), hint: undefined }
  return {
    kind: /credentials/.test(message) ? 'auth' : 'invalid',
    message: hint === undefined ? message : `${message}: ${hint}`,
  }
}

/** The SDK's handler calls a connection that was reset a timeout. */
function isLost(thrown: unknown): boolean {
  const { code } = (thrown ?? {}) as { code?: unknown }
  return code === 'ECONNRESET' || code === 'EPIPE'
}

function messageWithName(thrown: unknown, message: string): string {
  const name = thrown instanceof Error ? thrown.name : ''
  return name.endsWith('Exception') && !message.includes(name) ? `${name}: ${message}` : message
}

/** Of the inference profiles that AWS keeps for a part of the world. */
function prefixOf(region: string): string {
  if (region.startsWith('us-gov-')) return 'us-gov'
  if (region.startsWith('eu-')) return 'eu'
  return region.startsWith('ap-') ? 'apac' : 'us'
}
