import { afterEach, describe, expect, it } from 'vitest'
import type { RunComparison } from '../../../harness/model/comparison.ts'
import type { ComparisonOptions } from '../../../harness/model/run-options.ts'
import { casesOf, RerunProject } from './project.ts'

let project: RerunProject
afterEach(() => project.remove())

/** A record says what the run said: only what its arms are called is another. */
function figures({ baseline, ...rest }: RunComparison): unknown {
  return JSON.parse(JSON.stringify({ ...rest, baseline: { runId: baseline.runId } }))
}

describe('a record that is judged once more, without a call', () => {
  const kinds: readonly [string, ComparisonOptions, object][] = [
    ['whose broken cases were run again', {}, {}],
    ['to which repeats were added', { settle: true }, { confirm: 0 }],
    ['beside which the baseline was run again', { rerunBaseline: true }, { confirm: 0 }],
    ['that could stop early', { stopEarly: true }, { confirm: 0, margin: 0.05 }],
  ]
  it.each(kinds)('comes to the same: one %s', async (_name, asked, gate) => {
    const cases = casesOf(80, (i) => ({
      old: i < 40 ? 'p70' : 'yes',
      now: i < 40 ? 'p60' : i < 42 ? 'no' : 'yes',
    }))
    const assay = { gate: { metrics: ['pass'], ...gate } }
    project = new RerunProject({ cases, prompt: 'old', assay })
    await project.accept()
    project.suite({ cases, prompt: 'now', assay })
    const { analysis, verdict, run } = await project.run(asked)
    project.takeCalls()
    const judged = await project.judge(run.dir)
    expect(project.takeCalls()).toEqual([])
    expect(figures(judged.analysis.comparison as RunComparison)).toEqual(
      figures(analysis.comparison as RunComparison),
    )
    expect(judged.verdict).toEqual(verdict)
  })
})
