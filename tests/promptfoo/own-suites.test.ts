import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ComparedRun } from './compared-cell.ts'
import { mismatchesOf } from './compared-cell.ts'
import type { AssayRun } from './run-assay.ts'
import { comparedAssay, runAssay } from './run-assay.ts'
import { comparedPromptfoo, runPromptfoo } from './run-promptfoo.ts'

const SUITES = join(import.meta.dirname, '../../suites')

/** Suites that promptfoo runs as they are: it knows neither feedback nor calibration. */
const COMPARED = [
  'legal-analyzer',
  'legal-analyzer.questions',
  'long-context',
  'injection',
  'inference-cost',
  'consistency',
]
const OURS_ALONE = ['verification-layer', 'judge-calibration']

describe.each([...COMPARED, ...OURS_ALONE])('the suite %s', (name) => {
  const [folder = '', ...variant] = name.split('.')
  const suite = join(SUITES, folder, ['suite', ...variant, 'yaml'].join('.'))
  let dir: string
  let ours: AssayRun

  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), `assay-${name}-`))
    ours = await runAssay(dir, { suite })
  }, 300_000)
  afterAll(() => rm(dir, { recursive: true, force: true }))

  it('passes against its baseline, which it is compared with', () => {
    expect(ours.verdict).toMatchObject({ decision: 'pass', exitCode: 0 })
    expect(ours.analysis.comparison?.metrics.length).toBeGreaterThan(0)
    expect(ours.analysis.cells).toMatchObject({ errored: 0, absent: 0 })
  })

  it('has cells that pass and cells that fail', () => {
    expect(new Set(ours.trials.map(({ outcome }) => outcome))).toEqual(new Set(['passed', 'failed']))
  })

  it.runIf(COMPARED.includes(name))(
    'comes to the same replies, verdicts and scores under promptfoo’s own command line',
    async () => {
      const first = { ...ours, trials: ours.trials.filter(({ cell }) => cell.repeat === 0) }
      const theirs: ComparedRun = comparedPromptfoo(await runPromptfoo(dir, { suite, args: ['-j', '10'] }))
      expect(theirs.cells.length).toBeGreaterThan(50)
      expect(mismatchesOf(theirs, comparedAssay(first)).slice(0, 3)).toEqual([])
    },
    300_000,
  )
})
