import type { AccountState } from '../harness/model/account-state.ts'
import type { Io } from './io.ts'
import { MovingRate } from './moving-rate.ts'

/** What the status line shows. */
export interface Progress {
  planned: number
  /** Those an earlier session finished included. */
  finished: number
  failed: number
  errored: number
  /** Cells that are left out: no call of theirs is made any more. */
  withheld: number
  /** Cells whose reply was on record, and calls that were made again. */
  replayed: number
  retried: number
  /** USD, of the calls whose price is known. */
  spentUsd: number
  /** Accounts that do not answer, by name. */
  readonly troubles: Map<string, Trouble>
}

interface Trouble {
  readonly is: Exclude<AccountState['is'], 'answering'>
  /** When its next call may leave, in milliseconds. */
  readonly until: number
}

const REDRAW_MS = 200
const PLAIN_MS = 5_000

export interface StatusLine {
  /** Takes the line off the screen until it is drawn again: before anything else is written. */
  clear(): void
  stop(): void
}

/**
 * One line that says how a run is going: done, rate, spend, time left. A terminal gets it redrawn in place; CI gets
 * a plain line every few seconds. `stop()` clears it.
 */
export function startStatusLine(io: Io, name: string, progress: Progress, now: () => number): StatusLine {
  const rate = new MovingRate()
  rate.sample(now(), progress.finished)
  let drawn = false
  const draw = (): void => {
    rate.sample(now(), progress.finished)
    const line = describe(name, progress, rate.perSecond, now())
    io.err(io.live ? `\r\u001B[2K${line.slice(0, io.live.columns - 1)}` : `${line}\n`)
    drawn = true
  }
  const timer = setInterval(draw, io.live ? REDRAW_MS : PLAIN_MS)
  timer.unref()
  const clear = (): void => {
    if (io.live && drawn) io.err('\r\u001B[2K')
    drawn = false
  }
  return {
    clear,
    stop() {
      clearInterval(timer)
      clear()
    },
  }
}

/**
 * `sentiment  412/1824 (23 %) · 310 cells/s · 12 failed · 3 retried · $0.0123 · 5 s left · flash: throttled, next try in 12 s`
 * @param rate cells a second, of late
 * @param now milliseconds
 */
export function describe(name: string, progress: Progress, rate: number, now: number): string {
  const { planned, finished, withheld, spentUsd, troubles } = progress
  const left = planned - finished - withheld
  const counts = (['failed', 'errored', 'withheld', 'replayed', 'retried'] as const).map((what) =>
    progress[what] > 0 ? `${progress[what]} ${what}` : undefined,
  )
  const parts = [
    `${name}  ${finished}/${planned} (${planned === 0 ? 100 : Math.floor((100 * finished) / planned)} %)`,
    `${rate < 10 ? rate.toFixed(1) : Math.round(rate)} cells/s`,
    ...counts,
    spentUsd > 0 ? `$${spentUsd.toFixed(4)}` : undefined,
    rate > 0 && left > 0 ? `${duration(left / rate)} left` : undefined,
    ...[...troubles].map(([account, trouble]) => `${account}: ${describeTrouble(trouble, now)}`),
  ]
  return parts.filter((part) => part !== undefined).join(' · ')
}

function describeTrouble({ is, until }: Trouble, now: number): string {
  if (is === 'given_up') return 'given up'
  const what = is === 'throttled' ? 'throttled' : 'not answering'
  return until > now ? `${what}, next try in ${duration((until - now) / 1000)}` : what
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`
  return `${(seconds / 3600).toFixed(1)} h`
}
