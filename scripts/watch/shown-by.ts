import { join } from 'node:path'
import { count, counted } from '../../reports/format/figures.ts'
import type { Io } from '../io.ts'
import type { LoopEvents } from './loop.ts'
import type { ReportServer } from './serve.ts'

/** Shows how a watch goes: on stderr what it waits for, on the page all else. A round tells of itself on the terminal. */
export function shownBy(io: Io, server: ReportServer | undefined): LoopEvents {
  let version = 0
  let rest = ''
  return {
    onRound(message) {
      if (message.is === 'planning') server?.update({ state: 'reading the suite', progress: null })
      if (message.is === 'progress') {
        const { finished, planned, failed, errored } = message
        const others = [
          ...(failed > 0 ? [`${count(failed)} failed`] : []),
          ...(errored > 0 ? [`${count(errored)} errored`] : []),
        ]
        const state = [`running ${count(finished)}/${count(planned)}`, ...others].join(' · ')
        server?.update({ state, progress: { finished, planned }, error: null })
      }
    },
    onIdle(outcome, files) {
      if (outcome.is === 'unchanged') return server?.update({ state: rest, progress: null })
      if (outcome.is === 'ended') {
        version++
        rest = `${outcome.word}: waiting for the next save`
        server?.update(
          { state: rest, progress: null, error: null, version },
          join(outcome.dir, 'report.html'),
        )
      } else {
        rest = 'not run: waiting for the next save'
        server?.update({ state: rest, progress: null, error: outcome.error })
      }
      if (outcome.is === 'ended' && version > 1) return
      const waits =
        outcome.is === 'ended' ? `watching ${counted(files, 'file')}` : 'waiting for the next save'
      io.err(`${waits}; Ctrl-C ends it\n`)
    },
    onWarning: (message) => io.err(`warning: ${message}\n`),
  }
}
