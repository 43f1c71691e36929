import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ReportInput } from '../../harness/model/report.ts'
import { withShuffledLabels } from '../../scripts/simulate-gate/few-shot.ts'
import { SuiteProject } from '../../scripts/simulate-gate/suite-project.ts'
import { suiteText, unchangedSuite } from '../../scripts/simulate-gate/suite.ts'

const SUITE = join(import.meta.dirname, '../../suites/sentiment/suite.yaml')

describe('the gate on the sentiment suite', () => {
  let project: SuiteProject

  beforeAll(async () => {
    project = await SuiteProject.copyOf(SUITE)
    await project.accept(await project.run(11, { comparison: { baseline: 'none' } }))
  })
  afterAll(async () => project.remove())

  it('passes the unchanged prompt with models that draw anew, in every repetition', async () => {
    const result = await unchangedSuite({ file: SUITE, times: 3, seed: 1 })
    expect(result).toMatchObject({ times: 3, alarms: 0, holds: true, reasons: [] })
    expect(suiteText(result)).toContain('0 of 3 are alarms')
  })

  it('says of a run cut to 15 cases that it is inconclusive, and what it would take', async () => {
    const { verdict, analysis } = await project.run(12, { selection: { sample: { n: 15, seed: 1 } } })
    expect(analysis.comparison?.pairing.sharedCases).toBe(15)
    expect(verdict).toMatchObject({ inconclusive: true })
    expect(verdict.decision).not.toBe('block')
    const gate = verdict.gates.find(({ comparison }) => comparison === 'inconclusive')
    expect(gate?.needs?.options.length).toBeGreaterThan(0)
    expect(verdict.reasons.join(' ')).toMatch(/\d+ cases/)
  })

  describe('with examples whose labels are shuffled', () => {
    let worsened: ReportInput

    beforeAll(async () => {
      await project.edit('prompts/few-shot.txt', withShuffledLabels)
      worsened = await project.run(13)
    })

    it('blocks with exit code 1, and says how much worse which column is', () => {
      const { verdict } = worsened
      expect(verdict).toMatchObject({ decision: 'block', exitCode: 1 })
      expect(verdict.reasons[0]).toMatch(/few-shot × sonnet/)
      expect(verdict.gates).toContainEqual(
        expect.objectContaining({ column: 'few-shot × sonnet', metric: 'pass', comparison: 'regression' }),
      )
    })

    it('names the cases that fell and the cause: the text of the prompt', () => {
      const { comparison } = worsened.analysis
      const why = comparison?.why.find((each) => each.column.provider === 'sonnet')
      expect(why?.readFirst).toHaveLength(5)
      expect(why?.checks[0]?.check).toBe('accuracy')
      const fallen = comparison?.flips.filter(({ gates }) => gates).slice(0, 5) ?? []
      for (const { base, candidate } of fallen) expect(candidate.passed).toBeLessThan(base.passed)
      expect(comparison?.changes).toContainEqual(
        expect.objectContaining({
          kind: 'prompt',
          what: expect.stringContaining('few-shot'),
          diff: expect.arrayContaining([expect.objectContaining({ op: 'added' })]),
        }),
      )
    })
  })
})
