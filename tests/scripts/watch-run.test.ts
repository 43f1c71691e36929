import { describe, expect, it } from 'vitest'
import type { Plan } from '../../harness/model/plan.ts'
import type { Attempt, Call } from '../../harness/model/trial.ts'
import type { Io } from '../../scripts/io.ts'
import { describe as describeProgress, type Progress } from '../../scripts/status-line.ts'
import { watchRun } from '../../scripts/watch-run.ts'
import { makeTrial } from '../harness/analyze/make-trial.ts'

function callOf(role: Call['role'], over: Partial<Attempt>): Call {
  const timing = { queuedMs: 0, backoffMs: 0, latencyMs: 1, trusted: true }
  const result = { request: { prompt: 'x' }, reply: { output: 'y' }, timing, costUsd: 0, ...over }
  return { v: 1, kind: 'call', cellId: 'c', role, attempt: 0, result }
}

const PROGRESS: Progress = {
  planned: 2000,
  finished: 500,
  failed: 3,
  errored: 0,
  withheld: 0,
  replayed: 0,
  retried: 0,
  spentUsd: 0.01234,
  troubles: new Map(),
}

describe('the status line', () => {
  it('says what is done, how fast, what failed, what was spent and how long it will take', () => {
    expect(describeProgress('mail', PROGRESS, 50, 0)).toBe(
      'mail  500/2000 (25 %) · 50 cells/s · 3 failed · $0.0123 · 30 s left',
    )
  })

  it('says what was replayed, retried and left out, and counts the last in no time left', () => {
    const progress = { ...PROGRESS, withheld: 1000, replayed: 40, retried: 2 }
    expect(describeProgress('mail', progress, 50, 0)).toBe(
      'mail  500/2000 (25 %) · 50 cells/s · 3 failed · 1000 withheld · 40 replayed · 2 retried · $0.0123 · 10 s left',
    )
  })

  it('claims no time left before anything is done, and none when all is', () => {
    expect(describeProgress('mail', { ...PROGRESS, finished: 0 }, 0, 0)).not.toContain('left')
    expect(describeProgress('mail', { ...PROGRESS, finished: 2000 }, 50, 0)).not.toContain('left')
  })

  it('says which accounts do not answer, and when they are asked again', () => {
    const troubles: Progress['troubles'] = new Map([
      ['flash', { is: 'throttled', until: 12_000 }],
      ['sonnet', { is: 'failing', until: 0 }],
      ['opus', { is: 'given_up', until: Infinity }],
    ])
    expect(describeProgress('mail', { ...PROGRESS, troubles }, 0, 0)).toMatch(
      / · flash: throttled, next try in 12 s · sonnet: not answering · opus: given up$/,
    )
  })
})

describe('what is said of a run', () => {
  const plan = {
    suite: { name: 'mail' },
    size: { cells: 1872, cases: 1872, repeats: 1 },
    columns: [{}],
  } as unknown as Plan

  function watched(act: (watch: ReturnType<typeof watchRun>) => void): string {
    const said: string[] = []
    const io = { err: (text: string) => said.push(text), cwd: '/work', live: false } as unknown as Io
    const watch = watchRun(io, () => 0)
    act(watch)
    watch.stop()
    return said.join('')
  }

  it('is its size and folder', () => {
    expect(watched(({ events }) => events.onStart(plan, '/work/runs/mail/1'))).toMatch(
      /^mail: 1,872 cells .* → runs\/mail\/1\n$/,
    )
  })

  it('is what an earlier session left on record', () => {
    expect(watched(({ events }) => events.onStart(plan, '/work/runs/mail/1', 412))).toContain(
      ', 412 of 1,872 on record → runs/mail/1\n',
    )
  })

  it('is what it has spent so far, where prices are known', () => {
    watched((watch) => {
      const { onCall, onTrial } = watch.events
      onCall(callOf('model', { costUsd: 0.25 }))
      onCall(callOf('model', { costUsd: 'unknown' }))
      onTrial(makeTrial({ costUsd: 0.25 }))
      onCall(callOf('model', { costUsd: 0.25, reply: { output: 'old', cached: true } }))
      expect(watch.spentUsd()).toBe(0.25)
    })
  })

  it('is what graders have cost too, and calls whose cell is left out', () => {
    watched((watch) => {
      watch.events.onCall(callOf('model', { costUsd: 0.25 }))
      watch.events.onCall(callOf('grader', { costUsd: 0.5 }))
      watch.events.onWithheld()
      expect(watch.spentUsd()).toBe(0.75)
    })
  })
})
