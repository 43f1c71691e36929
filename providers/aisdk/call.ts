import { messageOf } from '../../harness/model/errors.ts'
import type { Failure } from '../../harness/model/failure.ts'
import type { Billing } from '../../harness/model/billing.ts'
import type { ModelInfo } from '../../harness/model/model-catalog.ts'
import type { ProviderResponse, Told } from '../../harness/model/provider.ts'
import type { Usage } from '../../harness/model/usage.ts'
import type { Prices } from '../../harness/pricing/open-prices.ts'
import type { Chat } from '../chat/chat.ts'
import { tooLong } from '../shared/context-window.ts'
import { Cut } from '../shared/cut.ts'
import { estimateUsage, textOf } from '../shared/estimate-usage.ts'
import { jsonOrText } from '../shared/json-or-text.ts'
import type { Answer } from '../shared/response.ts'
import { answered, failed } from '../shared/response.ts'
import type { Asked } from './ask.ts'
import { askStreamed, askWhole } from './ask.ts'
import type { Endpoint } from './endpoint.ts'
import { failureOf } from './failure.ts'
import type { OpenModel } from './open-model.ts'
import { markPrompt } from './request/cache-points.ts'
import { promptOf } from './request/prompt.ts'
import type { Settings } from './request/settings.ts'
import { readerOf } from './reply/reader-of.ts'
import type { Reader, Reading } from './reply/reading.ts'
import type { Vendor } from './vendor.ts'
import { sentencesOf } from './warnings.ts'
import { Exchange } from './wire/exchange.ts'
import { keptHeaders, serverMs } from './wire/response-headers.ts'

/** One question, with all that it takes to ask it. */
export interface Call {
  readonly vendor: Vendor
  readonly model: string
  readonly info: ModelInfo | undefined
  readonly endpoint: Endpoint
  readonly organization: string | undefined
  readonly billing: Billing
  readonly settings: Settings
  readonly chat: Chat
}

export interface Means {
  readonly open: OpenModel
  readonly prices: Prices
  readonly clock: { now(): number }
  readonly signal: AbortSignal | undefined
}

/** Asks once, and never rejects: what goes wrong is in the response. */
export async function makeCall(
  call: Call,
  { open, prices, clock, signal }: Means,
): Promise<ProviderResponse> {
  const { vendor, model, info, endpoint, organization, billing, settings, chat } = call
  const long = await tooLong(textOf(chat), info)
  if (long !== undefined) return failed(long, { billing })
  const controller = new AbortController()
  const cut = new Cut(signal)
  cut.guard(() => controller.abort())
  const isStreamed = settings.stream
  const outgoing = {
    body: settings.body,
    isStreamed,
    isAuthorised: endpoint.apiKey !== undefined,
    onDeparture: () => cut.start(settings.timeoutMs),
  }
  const exchange = new Exchange(outgoing, clock)
  const reader = readerOf(vendor, settings)
  let firstAt: number | undefined
  const onOutput = (): void => void (firstAt ??= exchange.lastByteAt)
  const ask = isStreamed ? askStreamed : askWhole
  try {
    const prompt = promptOf(chat)
    if (settings.cachePoints !== undefined) markPrompt(prompt, settings.cachePoints)
    const options = { ...settings.options, prompt, headers: settings.headers, abortSignal: controller.signal }
    controller.signal.throwIfAborted()
    const asked = await ask(
      open(model, { endpoint, organization, fetch: exchange.fetch }),
      options,
      reader,
      onOutput,
    )
    const reading = reader.reading(asked.sdk)
    const usage = reading.usage ?? (await estimateUsage(chat, reading.text))
    const billed = reading.tier === undefined ? billing : { ...billing, tier: reading.tier }
    return answered({
      ...answerOf(reading, settings),
      usage,
      billing: billed,
      cost: prices.cost(billed, usage, new Date()),
      timing: timingOf(exchange, firstAt, exchange.lastByteAt ?? clock.now(), isStreamed),
      warnings: warningsOf(asked, settings, info, usage),
      wire: { ...reading.wire, ...wireOf(exchange) },
    })
  } catch (error) {
    const failure = failureOf(error, { vendor, cutShort: cutShort(cut, call, signal), isStreamed })
    const now = clock.now()
    return failed(failure, {
      ...usageSoFar(reader),
      billing,
      timing: timingOf(exchange, firstAt, now, isStreamed),
      warnings: settings.warnings,
      wire: wireOf(exchange),
    })
  } finally {
    cut.release()
  }
}

/** Why the call was ended from this side, if it was. */
function cutShort(
  { why }: Cut,
  { settings: { timeoutMs } }: Call,
  signal: AbortSignal | undefined,
): Failure | undefined {
  if (why === 'timeout') return { kind: why, message: `there was no full reply within ${timeoutMs} ms` }
  if (why === 'aborted') return { kind: why, message: `the call was aborted: ${messageOf(signal?.reason)}` }
  return undefined
}

function answerOf(reading: Reading, { isParsed }: Settings): Pick<Answer, 'output'> & Partial<Answer> {
  const { output, stopReason, finishReason, isRefusal, more } = reading
  return {
    output: isParsed && typeof output === 'string' && !isRefusal ? jsonOrText(output) : output,
    stopReason,
    finishReason,
    isRefusal,
    more,
  }
}

function timingOf(
  exchange: Exchange,
  firstAt: number | undefined,
  until: number,
  isStreamed: boolean,
): Told['timing'] {
  const { startedAt, headers } = exchange
  if (startedAt === undefined) return undefined
  // What a stream's headers say was known before the reply was.
  const server = isStreamed ? undefined : serverMs(headers)
  return {
    latencyMs: until - startedAt,
    ...(firstAt !== undefined && { ttftMs: firstAt - startedAt }),
    ...(server !== undefined && { serverMs: server }),
  }
}

function warningsOf(asked: Asked, settings: Settings, info: ModelInfo | undefined, usage: Usage): string[] {
  const isUncached = settings.caches && usage.cacheRead === undefined && usage.cacheWrite === undefined
  const least = info?.cacheMinTokens === undefined ? '' : ` of ${info.cacheMinTokens} tokens`
  return [
    ...settings.warnings,
    ...sentencesOf(asked.warnings, settings.defaulted),
    ...(isUncached
      ? [`nothing was cached: what stands before a cache point may be shorter than the least${least}`]
      : []),
  ]
}

/** promptfoo's place for what came with the response. */
function wireOf({ status, statusText, headers, requests }: Exchange): Record<string, unknown> {
  if (status === undefined) return {}
  return {
    http: { status, statusText, headers: keptHeaders(headers) },
    ...(requests > 1 && { requests }),
  }
}

function usageSoFar({ usage }: Reader): { usage?: Usage } {
  return usage === undefined ? {} : { usage }
}
