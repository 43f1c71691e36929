import type { FailureKind } from '../../harness/model/failure.ts'
import type { AccountScript, Step } from './server/script.ts'
import type { Asked } from './suite.ts'

/** One fault that every cell of an account meets, and what is to come of it. */
export interface FaultRow extends Omit<Asked, 'account'> {
  readonly fault: string
  readonly script: AccountScript
  /** Kinds of the failed tries of each cell, in order. */
  readonly kinds: readonly FailureKind[]
  /** True when a reply followed. */
  readonly ends: 'passed' | 'errored'
  /** Least milliseconds between a request that failed and the next one of its cell. */
  readonly leastGapMs?: number
}

/** Long enough for a busy machine, shorter than what hangs and trickles for ever. */
export const TIMEOUT_MS = 1500

const steps = (...list: readonly Step[]): AccountScript => ({ faults: { steps: list } })
const status = (code: number, retryAfter?: number | { readonly date: number }): Step => ({
  do: 'status',
  status: code,
  ...(retryAfter !== undefined && { retryAfter }),
})

export const FAULTS: readonly FaultRow[] = [
  { fault: 'no fault', script: {}, kinds: [], ends: 'passed' },
  { fault: '429 that asks for no wait', script: steps(status(429)), kinds: ['throttled'], ends: 'passed' },
  {
    fault: '429 that asks for a second',
    script: steps(status(429, 1)),
    kinds: ['throttled'],
    ends: 'passed',
    leastGapMs: 1000,
  },
  {
    fault: '429 that names a date',
    script: steps(status(429, { date: 1 })),
    kinds: ['throttled'],
    ends: 'passed',
    leastGapMs: 990,
  },
  {
    fault: '429 in an error that is thrown, with its headers',
    style: 'throws',
    script: steps(status(429, 1)),
    kinds: ['throttled'],
    ends: 'passed',
    leastGapMs: 1000,
  },
  {
    fault: '429 in the text of an error',
    style: 'texts',
    script: steps(status(429)),
    kinds: ['throttled'],
    ends: 'passed',
  },
  { fault: '500', script: steps(status(500)), kinds: ['unavailable'], ends: 'passed' },
  {
    fault: '502 and then 503',
    script: steps(status(502), status(503)),
    kinds: ['unavailable', 'unavailable'],
    ends: 'passed',
  },
  {
    fault: '503 that asks for a second',
    script: steps(status(503, 1)),
    kinds: ['unavailable'],
    ends: 'passed',
    leastGapMs: 1000,
  },
  {
    fault: '503 that is thrown',
    style: 'throws',
    script: steps(status(503)),
    kinds: ['unavailable'],
    ends: 'passed',
  },
  {
    fault: '529 in the text of an error',
    style: 'texts',
    script: steps(status(529)),
    kinds: ['unavailable'],
    ends: 'passed',
  },
  { fault: '400', script: steps(status(400)), kinds: ['invalid'], ends: 'errored' },
  {
    fault: 'connection reset before the answer',
    script: steps({ do: 'reset', when: 'before' }),
    kinds: ['unavailable'],
    ends: 'passed',
  },
  {
    fault: 'connection reset in the body',
    script: steps({ do: 'reset', when: 'during' }),
    kinds: ['unavailable'],
    ends: 'passed',
  },
  { fault: 'hang', script: steps({ do: 'hang' }), kinds: ['timeout'], ends: 'passed' },
  {
    fault: 'body that trickles in time',
    script: steps({ do: 'trickle', pieces: 5, everyMs: 30 }),
    kinds: [],
    ends: 'passed',
  },
  {
    fault: 'body that trickles for too long',
    script: steps({ do: 'trickle', pieces: 40, everyMs: 100 }),
    kinds: ['timeout'],
    ends: 'passed',
  },
  { fault: 'JSON that is none', script: steps({ do: 'garbage' }), kinds: ['invalid'], ends: 'errored' },
  { fault: "proxy's page", script: steps({ do: 'page' }), kinds: ['invalid'], ends: 'errored' },
  {
    fault: '200 with an error in it',
    script: steps({ do: 'error_inside' }),
    kinds: ['unknown'],
    ends: 'errored',
  },
]
