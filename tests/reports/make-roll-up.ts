import type { ReportInput } from '../../harness/model/report.ts'
import type { CellRecord, Trial } from '../../harness/model/trial.ts'
import type { RollUp, SuiteOutcome } from '../../reports/roll-up/roll-up.ts'
import { makeTrial } from '../harness/analyze/make-trial.ts'
import { makeInput, makeManifest } from './make-input.ts'

/** A run of a suite by that name, in the folder it would have. */
export function makeRun(name: string, input: ReportInput): SuiteOutcome {
  const { suite } = makeManifest()
  const manifest = { ...input.run.manifest, suite: { ...suite, name, file: `${name}/suite.yaml` } }
  const run = { ...input.run, dir: `/work/runs/${name}/run-1`, manifest }
  return { file: `${name}/suite.yaml`, is: 'run', input: { ...input, run } }
}

export const passing = (name: string): SuiteOutcome => makeRun(name, makeInput({ trials: [makeTrial()] }))

export const failing = (name: string): SuiteOutcome =>
  makeRun(name, makeInput({ trials: [makeTrial({ outcome: 'failed', reason: 'it says no' })] }))

export const partial = (name: string): SuiteOutcome =>
  makeRun(name, makeInput({ trials: [makeTrial()], planned: 3 }))

export const broken = (
  file: string,
  message = 'error: no such prompt\nhint: name another',
): SuiteOutcome => ({
  file,
  is: 'broken',
  message,
  exitCode: 2,
})

/** Cells of a large run, every seventh of which failed. */
export function manyTrials(n: number, cell: Partial<CellRecord> = {}): Trial[] {
  return Array.from({ length: n }, (_, i) =>
    makeTrial({
      cell: { caseId: `case-${i}`, ...cell },
      outcome: i % 7 === 0 ? 'failed' : 'passed',
      output: 'text '.repeat(40),
    }),
  )
}

export function makeRollUp(suites: readonly SuiteOutcome[], parts: Partial<RollUp> = {}): RollUp {
  return {
    id: '20261123-100000-000-ab12',
    startedAt: '2026-11-23T10:00:00.000Z',
    endedAt: '2026-11-23T10:00:42.000Z',
    command: ['assay', 'run', ...suites.map(({ file }) => file)],
    exitCode: 1,
    suites,
    ...parts,
  }
}
