import { expect, it } from 'vitest'
import { createAnalyzer } from '../../harness/analyze/analyzer.ts'
import { decide } from '../../harness/decide.ts'
import type { Trial } from '../../harness/model/trial.ts'
import type { Verdict } from '../../harness/model/verdict.ts'
import { makeRounds } from './analyze/make-feedback.ts'
import { makeTrial } from './analyze/make-trial.ts'

function verdictOf(trials: readonly Trial[], floors: Record<string, number>): Verdict {
  const columns = [{ prompt: 'zero-shot', provider: 'flash' }]
  const analyzer = createAnalyzer({ runId: 'r', columns, planned: trials.length })
  for (const trial of trials) analyzer.add(trial)
  return decide({ gate: { floors } }, analyzer.finish())
}

/** 6 of 10 pass at first, and 9 at last. */
const HELPED = Array.from({ length: 10 }, (_, i) =>
  makeRounds(
    { latencies: i < 4 ? [1, 1] : [1] },
    { cell: { caseId: `c${i}` }, outcome: i === 0 ? 'failed' : 'passed' },
  ),
)

it('a floor of pass_first is for first tries, one of pass for last ones', () => {
  const verdict = verdictOf(HELPED, { pass: 0.9, pass_first: 0.7 })
  expect(verdict).toMatchObject({
    decision: 'block',
    reasons: ['zero-shot × flash: pass_first is 60.0%, below its floor of 70.0%.'],
    gates: [
      { metric: 'pass', result: 'pass', observed: 0.9 },
      { metric: 'pass_first', result: 'fail', observed: 0.6 },
    ],
  })
  expect(verdict.gates[1]?.interval?.[0]).toBeLessThan(verdict.gates[0]?.interval?.[0] ?? 0)
})

it('without feedback the first try is the only one', () => {
  const trials = [makeTrial(), makeTrial({ cell: { caseId: 'b' }, outcome: 'failed' })]
  expect(verdictOf(trials, { pass_first: 0.5 }).gates).toMatchObject([{ result: 'pass', observed: 0.5 }])
})
