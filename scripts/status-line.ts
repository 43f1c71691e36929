import type { Io } from './io.ts'

/** What the status line shows. */
export interface Progress {
  planned: number
  finished: number
  failed: number
  errored: number
  /** USD, of the calls whose price is known. */
  spentUsd: number
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
  const started = now()
  let drawn = false
  const draw = (): void => {
    const line = describe(name, progress, (now() - started) / 1000)
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

/** `sentiment  412/1824 (23 %) · 310 cells/s · 12 failed · $0.0123 · 5 s left` */
export function describe(name: string, progress: Progress, seconds: number): string {
  const { planned, finished, failed, errored, spentUsd } = progress
  const rate = seconds > 0 ? finished / seconds : 0
  const parts = [
    `${name}  ${finished}/${planned} (${planned === 0 ? 100 : Math.floor((100 * finished) / planned)} %)`,
    `${rate < 10 ? rate.toFixed(1) : Math.round(rate)} cells/s`,
    failed > 0 ? `${failed} failed` : undefined,
    errored > 0 ? `${errored} errored` : undefined,
    spentUsd > 0 ? `$${spentUsd.toFixed(4)}` : undefined,
    rate > 0 && finished < planned ? `${duration((planned - finished) / rate)} left` : undefined,
  ]
  return parts.filter((part) => part !== undefined).join(' · ')
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`
  return `${(seconds / 3600).toFixed(1)} h`
}
