import { hash, seeded, uniformOf } from '../random.ts'
import type { FaultPlan, ProtocolName, Step } from './step.ts'

const SHARE = 0.2
const HANG_MS = 300

/** One request in so many that meet any fault meets a second one, and of those a third. */
const AGAIN = 1 / 4
/** Fewer than the tries of a client: what it asks for is answered in the end. */
const MOST = 3

/** One fault in so many is a throttle. A client that is told of one slows down for the whole account, as it should. */
const THROTTLES = 1 / 100

const THROTTLED: readonly Step[] = [
  { do: 'status', status: 429 },
  { do: 'status', status: 429, retryAfter: 1 },
  { do: 'status', status: 429, retryAfter: { date: 1 } },
]

/** Faults that a client gets past by trying again, whatever the protocol. */
const ANYWHERE: readonly Step[] = [
  { do: 'status', status: 500 },
  { do: 'status', status: 502 },
  { do: 'status', status: 503 },
  { do: 'status', status: 503, retryAfter: 1 },
  { do: 'page', status: 502 },
  { do: 'garbage', status: 503 },
  { do: 'reset', when: 'before' },
  { do: 'reset', when: 'headers' },
  { do: 'reset', when: 'mid-stream' },
  { do: 'reset', when: 'mid-frame' },
  { do: 'hang', when: 'before' },
  { do: 'hang', when: 'mid-stream' },
  { do: 'trickle', pieces: 5, everyMs: 20 },
]

/** What each has of its own. */
const OWN: Readonly<Record<ProtocolName, readonly Step[]>> = {
  bedrock: [
    {
      do: 'status',
      status: 429,
      errorType: 'ModelNotReadyException',
      message: 'The model is not ready for inference. Wait and try your request again.',
    },
  ],
  openai: [],
  gemini: [],
  anthropic: [{ do: 'status', status: 529 }],
}

const IN_A_STREAM: Readonly<Record<ProtocolName, readonly Step[]>> = {
  bedrock: [
    { do: 'cut', when: 'mid-frame' },
    { do: 'crc' },
    {
      do: 'exception',
      name: 'modelStreamErrorException',
      message: 'The model stream ended in an error. Retry your request.',
    },
    {
      do: 'exception',
      name: 'serviceUnavailableException',
      message: 'Bedrock is unable to process your request.',
    },
  ],
  openai: [
    { do: 'exception', name: 'server_error', message: 'The server had an error processing your request.' },
  ],
  gemini: [
    { do: 'exception', name: 'UNAVAILABLE', message: 'The model is overloaded. Please try again later.' },
  ],
  anthropic: [{ do: 'exception', name: 'overloaded_error', message: 'Overloaded' }],
}

/**
 * The faults that requests with a certain body meet, the first, the second… of them, by their text and the seed alone. Those after
 * them are answered.
 */
export function faultsOf(
  key: string,
  { protocol, isStream }: { readonly protocol: ProtocolName; readonly isStream: boolean },
  { share = SHARE, hangMs = HANG_MS }: FaultPlan,
  seed: number,
): Step[] {
  if (uniformOf(`fault ${key}`, seed) >= share) return []
  const random = seeded(hash(`faults ${key}`, seed))
  const fitting = [...ANYWHERE, ...OWN[protocol], ...(isStream ? IN_A_STREAM[protocol] : [])]
  const steps: Step[] = []
  do {
    const list = random.chance(THROTTLES) ? THROTTLED : fitting
    const step = list[Math.floor(random.next() * list.length)] ?? { do: 'reply' }
    steps.push(step.do === 'hang' ? { ...step, forMs: hangMs } : step)
  } while (steps.length < MOST && random.chance(AGAIN))
  return steps
}
