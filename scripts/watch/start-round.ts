import { fork } from 'node:child_process'
import { INTERRUPTED } from '../exit-code.ts'
import type { BrokenRound, EndedRound, RoundMessage, RoundRequest } from './messages.ts'

/** How a round went. */
export type RoundOutcome = EndedRound | BrokenRound | { readonly is: 'unchanged' }

export interface RunningRound {
  /** Never rejects. */
  readonly ended: Promise<RoundOutcome>
  /** As Ctrl-C does. */
  interrupt(): void
}

/**
 * Starts a round in a process of its own.
 * @param onMessage told how it goes
 */
export function startRound(request: RoundRequest, onMessage: (message: RoundMessage) => void): RunningRound {
  const [, program = ''] = process.argv
  // In a group of its own, so that Ctrl-C comes to it once, and through us.
  const child = fork(program, ['watch-round'], { serialization: 'advanced', detached: true })
  let outcome: RoundOutcome | undefined
  let isInterrupted = false
  child.on('message', (raw) => {
    const message = raw as RoundMessage
    if (message.is === 'ended' || message.is === 'broken' || message.is === 'unchanged') outcome = message
    onMessage(message)
  })
  const ended = new Promise<RoundOutcome>((done) => {
    const end = (exitCode: number, error: string): void => done(outcome ?? { is: 'broken', exitCode, error })
    child.on('error', (error) => end(3, `error: the round could not be started: ${error.message}`))
    child.on('close', (code, signal) =>
      end(
        // Interrupted before it listens, it has nothing to tell.
        isInterrupted ? INTERRUPTED : (code ?? 3),
        `error: the round ended without a result (${signal ?? `exit code ${code}`}): see the terminal`,
      ),
    )
  })
  child.send(request)
  return {
    ended,
    interrupt: () => {
      isInterrupted = true
      child.kill('SIGINT')
    },
  }
}
