import type { Pace } from '../latency.ts'
import type { Outlet } from './outlet.ts'
import { bufferOf } from './outlet.ts'
import { sendError } from './send-fault.ts'
import type { Bytes, Completion, Endpoint, WireStream } from './protocol.ts'
import { WireError } from './protocol.ts'
import type { Step } from './step.ts'
import { eventsOf } from './stream-events.ts'

/** A reply that is ready to be sent, and when. */
export interface Sending {
  readonly endpoint: Endpoint
  readonly completion: Completion
  readonly pace: Pace
  readonly step: Step
  /** Milliseconds since the request arrived. */
  readonly elapsedMs: () => number
  /** Called when the first output leaves. */
  readonly onFirst: () => void
}

/** Sends a reply at its pace, whole or as a stream, or as far as its step lets it come. */
export async function sendReply(outlet: Outlet, isStream: boolean, sending: Sending): Promise<void> {
  if (sending.step.do === 'trickle') await sendInDrops(outlet, isStream, sending.step, sending)
  else if (isStream) await sendStream(outlet, sending)
  else await sendWhole(outlet, sending)
}

async function sendWhole(
  outlet: Outlet,
  { endpoint, completion, pace, step, onFirst }: Sending,
): Promise<void> {
  if (!(await outlet.pause(pace.ttftMs + pace.restMs))) return
  onFirst()
  if (step.do === 'exception') {
    const error = new WireError(500, step.name, step.message ?? step.name)
    sendError(outlet, endpoint.dialect, error, completion.id)
    return
  }
  const { headers, body } = endpoint.reply(completion)
  if (!breaksOff(step)) {
    outlet.whole(200, headers, body)
    return
  }
  const length = String(Buffer.byteLength(body))
  const isLost = step.do === 'reset' || step.do === 'hang'
  outlet.head(200, isLost ? { ...headers, 'content-length': length } : headers)
  outlet.write([body.slice(0, body.length / 2)])
  if (step.do === 'hang' && !(await outlet.pause(step.forMs))) return
  if (isLost) await outlet.reset()
  else outlet.end()
}

async function sendStream(outlet: Outlet, sending: Sending): Promise<void> {
  const { endpoint, completion, pace, step, elapsedMs, onFirst } = sending
  if (!(await outlet.pause(pace.ttftMs))) return
  onFirst()
  const stream = endpoint.stream(completion)
  const events = eventsOf(completion)
  const faultAt = breaksOff(step) ? middleOf(events.map(({ event }) => event.is)) : -1
  const startedMs = elapsedMs()
  outlet.head(200, stream.headers)
  let ready: Bytes[] = []
  for (const [index, { event, share }] of events.entries()) {
    const waitMs = startedMs + pace.restMs * share - elapsedMs()
    if (waitMs >= 1) {
      outlet.write(ready)
      ready = []
      if (!(await outlet.pause(waitMs))) return
    }
    const bytes = stream.encode(event)
    if (index === faultAt) {
      outlet.write(ready)
      ready = []
      if (await breakOff(outlet, stream, step, bytes ?? '')) return
      ready.push(withWrongChecksum(bytes ?? ''))
    } else if (bytes !== undefined && bytes.length > 0) ready.push(bytes)
  }
  outlet.write(ready)
  outlet.end()
}

/** Ends a stream early. False where it goes on: with a frame whose checksum is wrong. */
async function breakOff(outlet: Outlet, stream: WireStream, step: Step, next: Bytes): Promise<boolean> {
  const isFramed = typeof next !== 'string'
  if (step.do === 'crc' && isFramed) return false
  if (step.do === 'exception') outlet.write([stream.fail(step.name, step.message ?? step.name)])
  if (step.do === 'crc' || ('when' in step && step.when === 'mid-frame'))
    outlet.write([bufferOf(next).subarray(0, next.length / 2)])
  if (step.do === 'hang' && !(await outlet.pause(step.forMs))) return true
  if (step.do === 'reset' || step.do === 'hang') await outlet.reset()
  else outlet.end()
  return true
}

/** All of the bytes of a reply, some at a time. */
async function sendInDrops(
  outlet: Outlet,
  isStream: boolean,
  { pieces, everyMs }: Step & { do: 'trickle' },
  { endpoint, completion, onFirst }: Sending,
): Promise<void> {
  onFirst()
  const whole = isStream ? endpoint.stream(completion) : endpoint.reply(completion)
  const bytes =
    'body' in whole
      ? Buffer.from(whole.body)
      : Buffer.concat(eventsOf(completion).map(({ event }) => bufferOf(whole.encode(event) ?? '')))
  outlet.head(200, whole.headers)
  for (let piece = 0; piece < pieces; piece++) {
    const [from, to] = [piece, piece + 1].map((at) => Math.round((at * bytes.length) / pieces))
    outlet.write([bytes.subarray(from, to)])
    if (!(await outlet.pause(everyMs))) return
  }
  outlet.end()
}

/** The piece in the middle of what is said; the end where nothing is. */
function middleOf(kinds: readonly string[]): number {
  const deltas = kinds.flatMap((kind, index) => (kind === 'delta' ? [index] : []))
  return deltas[Math.floor(deltas.length / 2)] ?? kinds.length - 1
}

function breaksOff({ do: what }: Step): boolean {
  return what === 'reset' || what === 'hang' || what === 'cut' || what === 'crc' || what === 'exception'
}

/** A frame ends with the checksum of all of it. */
function withWrongChecksum(frame: Bytes): Bytes {
  const wrong = Uint8Array.from(bufferOf(frame))
  wrong[wrong.length - 1] = (wrong.at(-1) ?? 0) ^ 0xff
  return wrong
}
