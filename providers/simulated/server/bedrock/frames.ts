import { EventStreamCodec } from '@smithy/eventstream-codec'

const codec = new EventStreamCodec(
  (bytes) => (typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString('utf8')),
  (text) => Buffer.from(text, 'utf8'),
)

/** Bedrock hides how long a piece is from whoever listens in: it fills its payload up with so much of the alphabet. */
const PADDING = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
const PADDED_LENGTH = 160

/** A frame of an event stream: `contentBlockDelta`, `chunk`… */
export function eventFrame(type: string, payload: object): Uint8Array {
  return frame({ ':event-type': type, ':message-type': 'event' }, padded(payload))
}

/** A frame that ends a stream with an error that the service models: `throttlingException`… */
export function exceptionFrame(type: string, message: string): Uint8Array {
  return frame({ ':exception-type': type, ':message-type': 'exception' }, { message })
}

function frame(headers: Readonly<Record<string, string>>, payload: object): Uint8Array {
  const typed = Object.entries({ ...headers, ':content-type': 'application/json' }).map(
    ([name, value]) => [name, { type: 'string' as const, value }] as const,
  )
  return codec.encode({ headers: Object.fromEntries(typed), body: Buffer.from(JSON.stringify(payload)) })
}

function padded(payload: object): object {
  const { length } = JSON.stringify(payload)
  return { ...payload, p: PADDING.slice(0, Math.max(1, Math.min(PADDING.length, PADDED_LENGTH - length))) }
}
