import type { ProviderResponse } from '../../harness/model/provider.ts'
import type { Usage } from '../../harness/model/usage.ts'
import type { Prices } from '../../harness/pricing/open-prices.ts'
import type { Chat } from '../chat/chat.ts'
import { tooLong } from '../shared/context-window.ts'
import { estimateUsage, textOf } from '../shared/estimate-usage.ts'
import { answered, failed } from '../shared/response.ts'
import { ask } from './ask.ts'
import { Call } from './client/call.ts'
import type { Clock } from './client/call.ts'
import type { Connection } from './client/connection.ts'
import { failureOfCall } from './failure.ts'
import { answerOf } from './reply/answer.ts'
import { billingOf } from './reply/billing.ts'
import { callWarnings } from './reply/call-warnings.ts'
import type { Gathered } from './reply/gathered.ts'
import { Gathering } from './reply/gathered.ts'
import { outputOf } from './reply/output.ts'
import { conversationOf } from './request/conversation.ts'
import { marked } from './request/marked.ts'
import type { Setup } from './setup.ts'

const DEFAULT_TIMEOUT_MS = 300_000

/** What a call is made with. */
export interface Means {
  readonly connection: Connection
  readonly prices: Prices
  readonly clock: Clock & { wallClock(): Date }
  readonly signal: AbortSignal | undefined
}

/** One request, and what became of it. Never rejects for what the model, the service or the network do. */
export async function makeCall(prompt: string, setup: Setup, means: Means): Promise<ProviderResponse> {
  const { name, info, family, settings } = setup
  const { connection, prices, clock } = means
  const { api = 'converse-stream', timeoutMs = DEFAULT_TIMEOUT_MS, showThinking = true } = settings
  const call = new Call(clock, connection.turns, timeoutMs, means.signal)
  const gathering = new Gathering(() => call.speaks())
  let chat: Chat | undefined
  try {
    chat = conversationOf(prompt, settings)
    const beyond = await tooLong(textOf(chat), info)
    if (beyond !== undefined) return failed(beyond, { billing: setup.billing })
    const request = marked(chat, settings)
    await ask({ api, name, family, marked: request, settings }, connection, call, gathering)
    const gathered = gathering.gathered()
    const billing = billingOf(name, info, settings, gathered)
    const { wire, ...answer } = answerOf(gathered, showThinking)
    const usage = gathered.usage ?? (await estimateUsage(chat, outputOf(gathered.blocks, true)))
    return answered({
      ...answer,
      usage,
      billing,
      cost: prices.cost(billing, usage, clock.wallClock()),
      timing: timingOf(call, gathered, api),
      warnings: callWarnings(name, info, request.isMarked, settings, gathered),
      wire: { ...wireOf(setup, means, call), ...wire },
    })
  } catch (error) {
    const gathered = gathering.gathered()
    const { region } = connection
    return failed(
      failureOfCall(error, call, { name, region, timeoutMs, wallClock: () => clock.wallClock() }),
      {
        usage: chat && (await usageOfCut(chat, gathered)),
        billing: billingOf(name, info, settings, gathered),
        ...(call.hasLeft && { timing: timingOf(call, gathered, api), wire: wireOf(setup, means, call) }),
      },
    )
  } finally {
    call.close()
  }
}

/** What was said before a reply was cut was made, and is billed. */
async function usageOfCut(chat: Chat, { blocks, usage }: Gathered): Promise<Usage | undefined> {
  if (usage !== undefined || blocks.length === 0) return usage
  return estimateUsage(chat, outputOf(blocks, true))
}

/** A reply that comes whole has no first token that anyone saw. */
function timingOf(
  call: Call,
  { serverMs }: Gathered,
  api: string,
): { latencyMs?: number; ttftMs?: number; serverMs?: number } {
  const { latencyMs, ttftMs } = call.timing()
  return {
    ...(latencyMs !== undefined && { latencyMs }),
    ...(api.endsWith('-stream') && ttftMs !== undefined && { ttftMs }),
    ...(serverMs !== undefined && { serverMs }),
  }
}

function wireOf(
  { name, settings }: Setup,
  { connection }: Means,
  { headers, status }: Call,
): Record<string, unknown> {
  const own = Object.entries(headers).filter(([key]) => key.startsWith('x-amzn-bedrock-'))
  return {
    model: name.asked,
    region: connection.region,
    api: settings.api ?? 'converse-stream',
    credentials: connection.credentials,
    ...(headers['x-amzn-requestid'] !== undefined && { requestId: headers['x-amzn-requestid'] }),
    ...(status !== undefined && { status }),
    ...(own.length > 0 && { headers: Object.fromEntries(own) }),
  }
}
