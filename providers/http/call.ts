import type { Billing } from '../../harness/model/billing.ts'
import type { ProviderResponse } from '../../harness/model/provider.ts'
import { finishReasonOf } from '../shared/finish-reason.ts'
import { answered, failed } from '../shared/response.ts'
import { shownAddress } from '../shared/shown-address.ts'
import type { HttpConfig } from './config.ts'
import type { Connections } from './exchange/connections.ts'
import { Cut } from '../shared/cut.ts'
import { exchange } from './exchange/exchange.ts'
import { failureOf } from './failure.ts'
import { Observed } from './observed.ts'
import { statusFailure } from './reply/backend-error.ts'
import { Findings } from './reply/findings.ts'
import { readError, readReply } from './reply/read-reply.ts'
import type { Outgoing } from './request/outgoing.ts'
import { sessionIdIn } from './session.ts'

/** A call that is ready to leave. */
export interface Call {
  readonly config: HttpConfig
  readonly billing: Billing | undefined
  readonly outgoing: Outgoing
  /** Variables that the request prints and the case does not have. */
  readonly undefinedNames: readonly string[]
  readonly sessionId: string | undefined
  readonly onSession: (id: string) => void
}

interface Means {
  readonly connections: Connections
  readonly clock: { now(): number }
  readonly signal: AbortSignal | undefined
}

/** Makes one call. Never rejects. */
export async function makeCall(call: Call, { connections, clock, signal }: Means): Promise<ProviderResponse> {
  const { config, billing, outgoing, undefinedNames } = call
  const observed = new Observed(clock, new Findings(config))
  for (const name of undefinedNames)
    observed.warn(`the request names \`${name}\`, which the case has not: it was sent as nothing`)
  const cut = new Cut(signal)
  cut.start(config.timeoutMs)
  try {
    return await ask(call, observed, connections, cut)
  } catch (error) {
    const isAnswered = observed.response !== undefined
    return failed(
      failureOf(error, { cut, timeoutMs: config.timeoutMs, to: shownAddress(outgoing.url.href), isAnswered }),
      { ...known(observed), billing },
    )
  } finally {
    cut.release()
  }
}

async function ask(
  call: Call,
  observed: Observed,
  connections: Connections,
  cut: Cut,
): Promise<ProviderResponse> {
  const { config, outgoing } = call
  const to = shownAddress(outgoing.url.href)
  const { response, redirectedTo } = await exchange(outgoing, connections, cut, () => observed.left())
  observed.response = response
  if (redirectedTo !== undefined)
    observed.warn(
      `${to} redirects to ${shownAddress(redirectedTo.href)}: as \`url\` it saves every call a round trip`,
    )
  if (isReply(response.statusCode ?? 0, config))
    return answerOf(call, observed, await readReply(response, config, observed))
  const body = await readError(response)
  if (cut.why !== undefined) throw new Error('cut within the body of an error')
  return failed(statusFailure(response, body, to, config.error), known(observed))
}

function answerOf(call: Call, observed: Observed, output: unknown): ProviderResponse {
  const { config, billing } = call
  const { findings, warn } = observed
  if (typeof output === 'string' && output.includes('\uFFFD'))
    warn('the reply holds U+FFFD, as a text does that is not in the charset it is said to be in')
  const sessionId = sessionOf(call, observed) ?? call.sessionId
  const cost = findings.cost(warn)
  const usage = findings.usage(warn)
  const stopReason = findings.at(config.finishReason)
  return answered({
    ...known(observed),
    output,
    usage,
    // What the backend itself says it cost goes before a price of ours.
    ...(cost === undefined ? { billing } : { cost }),
    ...(typeof stopReason === 'string' && { stopReason, finishReason: finishReasonOf(stopReason) }),
    wire: { ...findings.metadata(), ...observed.wire() },
    ...(sessionId !== undefined && { more: { sessionId } }),
  })
}

/** The session that the reply opened or goes on with. */
function sessionOf(
  { config: { session }, sessionId, onSession }: Call,
  observed: Observed,
): string | undefined {
  const { response, findings, warn } = observed
  if (session === undefined || response === undefined) return undefined
  const told = sessionIdIn(session.from, response.headers, (path) => findings.at(path))
  if (told !== undefined) onSession(told)
  else if (sessionId === undefined) warn('the reply tells no session id')
  return told
}

function known(observed: Observed): Parameters<typeof failed>[1] {
  const { findings, warnings } = observed
  return { usage: findings.usage(), timing: observed.timing(), warnings, wire: observed.wire() }
}

function isReply(code: number, { status }: HttpConfig): boolean {
  return [status]
    .flat()
    .some((each) => String(each) === String(code) || each === `${Math.floor(code / 100)}xx`)
}
