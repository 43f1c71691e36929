import { z } from 'zod'
import { messageEvents, messageOf } from '../anthropic/messages-reply.ts'
import { checkThinking, issueText, messagesBody, readMessagesBody } from '../anthropic/messages-request.ts'
import type { Asked, Completion, Endpoint, StreamEvent, TokenCounts } from '../protocol.ts'
import { readConverse } from './converse-request.ts'
import { converseEvents, modelIn, outputOf, streamHeaders } from './converse.ts'
import { bedrock, invalid } from './dialect.ts'
import { eventFrame, exceptionFrame } from './frames.ts'

const body = messagesBody
  .extend({ anthropic_version: z.literal('bedrock-2023-05-31'), anthropic_beta: z.unknown().optional() })
  .loose()
  .superRefine(checkThinking)

/** Told by the path here: the body has no place for them. */
const EXTRANEOUS = ['model', 'stream'] as const

const MALFORMED = 'Malformed input request'

export const invoke: Endpoint = {
  dialect: bedrock,
  name: 'invoke',
  read: (given, model) => read(given, modelIn(model), false),
  reply: (completion) => ({
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': completion.id,
      'x-amzn-bedrock-invocation-latency': String(Math.round(completion.tookMs())),
      ...countHeaders(completion),
    },
    body: JSON.stringify({ ...messageIn(completion), ...guardrailAction(completion) }),
  }),
  stream: (completion) => ({
    headers: { ...streamHeaders(completion.id), 'x-amzn-bedrock-content-type': 'application/json' },
    encode: (event) => Buffer.concat(chunksOf(event, completion).map(chunkFrame)),
    fail: exceptionFrame,
  }),
}

export const invokeStream: Endpoint = {
  ...invoke,
  name: 'invoke-with-response-stream',
  read: (given, model) => read(given, modelIn(model), true),
}

function read(given: unknown, model: string, isStream: boolean): Asked {
  if (isNova(model)) return readConverse(inConverse(given), model, isStream)
  if (!/claude|^arn:/.test(model)) {
    throw invalid(`${MALFORMED}: InvokeModel bodies are simulated for Claude and Nova; others: Converse.`)
  }
  const parsed = body.safeParse(given)
  if (!parsed.success) throw invalid(issueText(parsed.error))
  const extra = EXTRANEOUS.find((key) => key in parsed.data)
  if (extra !== undefined) throw invalid(`${extra}: Extra inputs are not permitted`)
  return readMessagesBody(parsed.data, model, isStream)
}

/** Nova's own body is that of Converse, but for the name of the longest reply. */
function inConverse(given: unknown): unknown {
  const { inferenceConfig, ...more } = (given ?? {}) as { inferenceConfig?: Record<string, unknown> }
  const { max_new_tokens: longest, ...config } = inferenceConfig ?? {}
  return { ...more, inferenceConfig: { ...(longest !== undefined && { maxTokens: longest }), ...config } }
}

function isNova(model: string): boolean {
  return /\bnova-/.test(model)
}

function messageIn(completion: Completion): object {
  if (!isNova(completion.model)) return messageOf(inClaude(completion), 'msg_bdrk_01')
  const { usage } = completion
  return { ...outputOf(completion), ...(usage !== undefined && { usage: novaUsage(usage) }) }
}

/** The chunks of one moment; the last of a reply holds what the call took. */
function chunksOf(event: StreamEvent, completion: Completion): object[] {
  const chunks = isNova(completion.model)
    ? converseEvents(event, completion).map(([type, payload]) => ({
        [type]: type === 'metadata' ? novaMetadata(completion) : payload,
      }))
    : messageEvents(event, inClaude(completion), 'msg_bdrk_01').filter(({ type }) => type !== 'ping')
  if (event.is !== 'end') return chunks
  const last = { ...chunks.at(-1), ...guardrailAction(completion), ...metricsOf(completion) }
  return [...chunks.slice(0, -1), last]
}

function chunkFrame(chunk: object): Uint8Array {
  return eventFrame('chunk', { bytes: Buffer.from(JSON.stringify(chunk)).toString('base64') })
}

/** The model goes by Anthropic's name for it, and a guardrail is told apart from how the message ended. */
function inClaude(completion: Completion): Completion {
  const { model, stop } = completion
  return {
    ...completion,
    model: model.replace(/^.*anthropic\./, '').replace(/-v\d+(?::\d+)?$/, ''),
    stop: stop === 'guardrail' ? 'end' : stop,
  }
}

function guardrailAction({ stop }: Completion): object {
  return stop === 'guardrail' ? { 'amazon-bedrock-guardrailAction': 'INTERVENED' } : {}
}

function countHeaders({ usage }: Completion): Record<string, string> {
  if (usage === undefined) return {}
  return {
    'x-amzn-bedrock-input-token-count': String(usage.input),
    'x-amzn-bedrock-output-token-count': String(usage.output),
    'x-amzn-bedrock-cache-read-input-token-count': String(usage.cacheRead),
    'x-amzn-bedrock-cache-write-input-token-count': String(usage.cacheWrite),
  }
}

function metricsOf({ usage, tookMs, firstMs }: Completion): object {
  const metrics = {
    ...(usage !== undefined && {
      inputTokenCount: usage.input,
      outputTokenCount: usage.output,
      cacheReadInputTokenCount: usage.cacheRead,
      cacheWriteInputTokenCount: usage.cacheWrite,
    }),
    invocationLatency: Math.round(tookMs()),
    firstByteLatency: Math.round(firstMs()),
  }
  return { 'amazon-bedrock-invocationMetrics': metrics }
}

function novaUsage({ input, output, cacheRead, cacheWrite }: TokenCounts): object {
  return {
    inputTokens: input,
    outputTokens: output,
    totalTokens: input + cacheRead + cacheWrite + output,
    cacheReadInputTokenCount: cacheRead,
    cacheWriteInputTokenCount: cacheWrite,
  }
}

function novaMetadata({ usage }: Completion): object {
  return { ...(usage !== undefined && { usage: novaUsage(usage) }), metrics: {}, trace: {} }
}
