import { setImmediate as nextTurn } from 'node:timers/promises'

let last: Promise<unknown> = Promise.resolve()

/**
 * Lets one request leave in a turn of the event loop. Requests that are made ready together would else leave together, when the
 * last of them is ready, and the first would have been timed while it waited.
 */
export function turnToLeave(): Promise<unknown> {
  const turn = last
  last = turn.then(() => nextTurn())
  return turn
}

/** Lets what has arrived for other calls be noted, before what has arrived for this one is worked on. */
export function turnToRead(): Promise<unknown> {
  return nextTurn()
}
