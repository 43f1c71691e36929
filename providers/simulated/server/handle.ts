import { hash, randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { countPrompt } from '../respond.ts'
import type { CallLog } from './call-log.ts'
import type { Models } from './complete.ts'
import { ATTACHMENT_TOKENS, complete } from './complete.ts'
import type { SimulatedBy } from './models.ts'
import { simulatedBy } from './models.ts'
import { Outlet } from './outlet.ts'
import { countedText, promptOf } from './prompt-text.ts'
import type { Asked, Dialect } from './protocol.ts'
import { WireError } from './protocol.ts'
import type { Repeats } from './repeats.ts'
import type { Route } from './routes.ts'
import { sendError, sendFault } from './send-fault.ts'
import { sendReply } from './send-reply.ts'
import type { ScriptedRequest, Step } from './step.ts'

/** What the calls of a server share. */
export interface Service {
  readonly models: Models
  readonly repeats: Repeats
  readonly log: CallLog
  /** How a request is answered. @param key the same for requests that ask the same of the same call */
  readonly stepFor: (request: ScriptedRequest, key: string) => Step
}

/** A request that may be answered, and what it takes. */
interface Accepted {
  readonly asked: Asked
  readonly model: SimulatedBy
  readonly input: number
}

/** Answers one call of a vendor's. Rejects only when the client goes while its request is read. */
export async function handleCall(
  request: IncomingMessage,
  response: ServerResponse,
  route: Route,
  service: Service,
): Promise<void> {
  const { endpoint } = route
  const { models, repeats, log } = service
  const { dialect } = endpoint
  const arrivedMs = models.now()
  const outlet = new Outlet(response)
  const id = randomUUID()
  log.begin()
  let accepted: Accepted
  let body: Buffer
  try {
    body = await buffer(request)
    accepted = accept(request, body, route, models)
  } catch (thrown) {
    log.refuse()
    if (!(thrown instanceof WireError)) throw thrown
    sendError(outlet, dialect, thrown, id)
    return
  }
  const { asked, model, input } = accepted
  const key = `${request.url} ${hash('sha256', body)}`
  const prompt = promptOf(asked)
  const turn = repeats.take(key)
  const about = {
    protocol: dialect.name,
    model: asked.model,
    isStream: asked.isStream,
    prompt,
    nth: turn.nth,
  }
  const step = service.stepFor(about, key)
  const entry = log.add(
    {
      protocol: dialect.name,
      call: endpoint.name,
      model: asked.model,
      promptHash: hash('sha256', prompt),
      ...turn,
      arrivedMs,
    },
    step,
  )
  const settle = (): void => {
    log.settle(entry, step, response.writableFinished, models.now())
    if (!entry.replied) repeats.giveBack(key, turn)
  }
  if (response.destroyed) {
    settle()
    return
  }
  response.once('close', settle)
  if (await sendFault(outlet, dialect, step, id)) return
  const { pace, ...said } = complete(asked, input, { model, step, repeat: turn.repeat }, models)
  const tookMs = (): number => models.now() - arrivedMs
  let firstMs = 0
  await sendReply(outlet, asked.isStream, {
    endpoint,
    completion: {
      ...said,
      id,
      model: asked.model,
      createdAt: Math.floor(Date.now() / 1000),
      echoed: asked.echoed,
      tookMs,
      firstMs: () => firstMs,
    },
    pace: 'ms' in step && step.ms !== undefined ? { ttftMs: step.ms, restMs: 0 } : pace,
    step,
    elapsedMs: tookMs,
    onFirst: () => {
      firstMs = tookMs()
    },
  })
}

/** @throws {WireError} for whatever the vendor would refuse */
function accept(
  request: IncomingMessage,
  body: Buffer,
  { endpoint, model }: Route,
  { tokenizer }: Models,
): Accepted {
  const { dialect } = endpoint
  const query = new URLSearchParams(request.url?.split('?')[1])
  dialect.authorize(request.headers, query)
  const asked = endpoint.read(parseBody(body, dialect), model)
  const behind = simulatedBy(dialect.name, asked.model)
  if (behind === undefined || behind.needsProfile)
    throw dialect.refuseModel(asked.model, behind !== undefined)
  const text = countedText(asked)
  const counted = countPrompt(text, behind.contextWindow, tokenizer)
  const input = (counted ?? text.length) + ATTACHMENT_TOKENS * asked.attachments
  if (input > behind.contextWindow) throw dialect.tooLong(input, behind.contextWindow)
  return { asked, model: behind, input }
}

function parseBody(body: Buffer, dialect: Dialect): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown
  } catch (error) {
    throw dialect.malformed(error instanceof Error ? error.message : 'not JSON')
  }
}
