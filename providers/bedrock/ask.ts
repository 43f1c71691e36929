import type { Call } from './client/call.ts'
import type { Connection } from './client/connection.ts'
import { Unreadable } from './client/unreadable.ts'
import { watch } from './client/wire.ts'
import type { Api, Settings } from './config/settings.ts'
import type { Family, ModelName } from './model/model-name.ts'
import { readConverse, readConverseEvent } from './reply/converse.ts'
import type { Gathering } from './reply/gathered.ts'
import { readInvoked, readInvokedChunk } from './reply/invoke.ts'
import { converseRequest } from './request/converse.ts'
import { invokeRequest } from './request/invoke.ts'
import type { Marked } from './request/marked.ts'

/** One question, ready to be put. */
export interface Question {
  readonly api: Api
  readonly name: ModelName
  /** Whose body InvokeModel takes for the model; the others are asked by Converse alone. */
  readonly family: Family | undefined
  readonly marked: Marked
  readonly settings: Settings
}

/** A stream that is over before the reply is. */
export class CutShort extends Error {
  override readonly name = 'CutShort'
}

type Asking = (question: Question, connection: Connection, call: Call, gathering: Gathering) => Promise<void>

/**
 * Asks, and gathers what is answered as it comes.
 * @throws Refused before anything was sent; CutShort; Unreadable; what the SDK throws; the reason of the call's signal
 */
export const ask: Asking = (question, connection, call, gathering) =>
  call.until(inTurn(question, connection, call, gathering))

const inTurn: Asking = async (question, connection, call, gathering) => {
  await call.takeTurn()
  await APIS[question.api](question, connection, call, gathering)
  if (gathering.stopReason !== undefined) return
  if (question.api.endsWith('-stream')) throw new CutShort('the stream ended before the reply did')
  throw new Unreadable('the answer has no stop reason: it is not a reply of Bedrock')
}

const converseStream: Asking = async ({ name, marked, settings }, { sdk, client }, call, gathering) => {
  const input = watch(converseRequest(name, marked, settings, true), call, { isFramed: true })
  const { stream = [] } = await client.send(new sdk.ConverseStreamCommand(input))
  for await (const event of stream) readConverseEvent(event, gathering)
}

const converse: Asking = async ({ name, marked, settings }, { sdk, client }, call, gathering) => {
  const input = watch(converseRequest(name, marked, settings, false), call)
  readConverse(await client.send(new sdk.ConverseCommand(input)), gathering)
}

const invoke: Asking = async ({ name, family, marked, settings }, { sdk, client }, call, gathering) => {
  const input = watch(invokeRequest(name, family, marked, settings), call)
  const response = await client.send(new sdk.InvokeModelCommand(input))
  readInvoked(response, call.headers, family, gathering)
}

const invokeStream: Asking = async ({ name, family, marked, settings }, { sdk, client }, call, gathering) => {
  const input = watch(invokeRequest(name, family, marked, settings), call, { isFramed: true })
  const response = await client.send(new sdk.InvokeModelWithResponseStreamCommand(input))
  gathering.latency = response.performanceConfigLatency
  gathering.serviceTier = response.serviceTier
  for await (const { chunk } of response.body ?? []) {
    if (chunk?.bytes !== undefined) readInvokedChunk(chunk.bytes, family, gathering)
  }
}

const APIS: Readonly<Record<Api, Asking>> = {
  'converse-stream': converseStream,
  converse,
  invoke,
  'invoke-stream': invokeStream,
}
