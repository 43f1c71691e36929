import { describe, expect, it } from 'vitest'
import { HarnessError } from '../../harness/model/errors.ts'
import { concludeRuns } from '../../scripts/finish-run.ts'
import type { Io } from '../../scripts/io.ts'
import { tellError } from '../../scripts/tell-error.ts'
import { makeTrial } from '../harness/analyze/make-trial.ts'
import { makeInput } from '../reports/make-input.ts'

function capture(): { io: Io; out: string[]; err: string[] } {
  const out: string[] = []
  const err: string[] = []
  const io = {
    out: (text: string) => out.push(text),
    err: (text: string) => err.push(text),
    cwd: '/work',
    terminal: { columns: 80, color: false },
  } as unknown as Io
  return { io, out, err }
}

const passed = makeInput({ trials: [makeTrial()] })
const failed = makeInput({ trials: [makeTrial({ outcome: 'failed' })] })
const partial = makeInput({ trials: [makeTrial()], planned: 3 })
const HERE = { ...partial, run: { ...partial.run, dir: '/work/runs/mail/1' } }

describe('the end of the runs of a command', () => {
  it('prints the summaries there are when a suite broke, and exits with the worst', () => {
    const { io, out } = capture()
    expect(concludeRuns([failed], { suites: 2, begun: 2, json: true, broken: [3] }, io)).toBe(3)
    expect(JSON.parse(out.join(''))).toMatchObject([{ exitCode: 1 }])
  })

  it('prints an object for the only suite, and nothing when that broke', () => {
    const { io, out } = capture()
    expect(concludeRuns([], { suites: 1, begun: 1, json: true, broken: [2] }, io)).toBe(2)
    expect(out).toStrictEqual([])
    concludeRuns([passed], { suites: 1, begun: 1, json: true }, io)
    expect(JSON.parse(out.join(''))).toMatchObject({ decision: 'pass' })
  })

  it('is an interruption when a suite was not begun, whatever else went wrong', () => {
    const { io } = capture()
    expect(concludeRuns([passed], { suites: 3, begun: 2, json: false, broken: [2] }, io)).toBe(130)
  })

  it('names the command that finishes a run that lacks cells, and says nothing of one that does not', () => {
    const { io, out, err } = capture()
    expect(concludeRuns([passed, HERE], { suites: 2, begun: 2, json: false }, io)).toBe(3)
    expect(err).toStrictEqual(['finish the run: assay resume runs/mail/1\n'])
    expect(out).toStrictEqual([])
  })
})

describe('an error', () => {
  it('of the user is told with paths as they would type them, and has its exit code', () => {
    const { io, err } = capture()
    expect(tellError(io, new HarnessError('suite', 'no /work/a.yaml', { hint: 'name another' }))).toBe(2)
    expect(err.join('')).toBe('error: no a.yaml\nhint: name another\n')
  })

  it.each([[new TypeError('x is not a function')], ['thrown text'], [undefined]])(
    'of ours is told as one, and no verdict: %s',
    (thrown) => {
      const { io, err } = capture()
      expect(tellError(io, thrown)).toBe(3)
      expect(err.join('')).toContain('please report this')
    },
  )
})
