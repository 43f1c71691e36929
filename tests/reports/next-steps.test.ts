import { describe, expect, it } from 'vitest'
import type { ReportInput } from '../../harness/model/report.ts'
import type { Manifest } from '../../harness/model/run.ts'
import { nextSteps } from '../../reports/format/next-steps.ts'
import { makeErrored, makeTrial } from '../harness/analyze/make-trial.ts'
import { comparedInput } from './make-comparison.ts'
import { makeInput } from './make-input.ts'

const ACCEPT = 'assay accept runs/sentiment/run-1'

function commandsOf(input: ReportInput): (string | undefined)[] {
  return nextSteps(input).map(({ command }) => command)
}

describe('what to do about a verdict', () => {
  it('is to accept a run that passed as a whole', () => {
    expect(commandsOf(makeInput({ trials: [makeTrial()] }))).toStrictEqual([ACCEPT])
  })

  it.each<[string, Partial<Manifest>]>([
    ['a part of the suite', { options: { selection: { tags: ['critical'] } } }],
    ['a run that checked another’s replies again', { verifies: 'run-0' }],
    ['a part of another run', { child: 'confirm', parent: 'run-0' }],
  ])('is not to accept %s, since that would be refused', (_, manifest) => {
    expect(commandsOf(makeInput({ trials: [makeTrial()], manifest }))).not.toContain(ACCEPT)
  })

  it('is not to accept a run that lacks cells or whose gate failed', () => {
    expect(commandsOf(makeInput({ trials: [makeTrial()], planned: 2 }))).toStrictEqual([
      'assay resume runs/sentiment/run-1',
    ])
    expect(commandsOf(comparedInput())).not.toContain(ACCEPT)
  })

  it('is to read the flips of a change that is blocked, and to ask again only what failed once it is mended', () => {
    const input = makeInput({ trials: [makeTrial({ outcome: 'failed', score: 0 })] })
    const steps = nextSteps(input)
    expect(steps[0]?.text).toBe('Do not ship this as it is. Read the cases that failed most, below.')
    expect(steps[1]?.command).toBe('assay run suites/sentiment/suite.yaml --failed runs/sentiment/run-1')
    expect(nextSteps(comparedInput())[0]?.text).toBe(
      'Do not ship this as it is. Read the flips below, the broken cases first.',
    )
  })

  it('speaks of broken cases only where some are', () => {
    const [step] = nextSteps(comparedInput({ broken: [] }))
    expect(step?.text).toBe('Do not ship this as it is. Read the flips below.')
  })

  it('is to finish a run that was cut short before anything is settled', () => {
    const input = comparedInput({}, { decision: 'invalid', exitCode: 3, inconclusive: true })
    expect(commandsOf(input)).not.toContain('assay run suites/sentiment/suite.yaml --settle')
  })

  it('is to ask errored cells again where they left no verdict', () => {
    const input = makeInput({ trials: [makeErrored('503')] })
    expect(commandsOf(input)).toStrictEqual(['assay resume runs/sentiment/run-1 --errors'])
  })

  it('is to add repeats to a comparison that is inconclusive, unless that was done', () => {
    const open = { decision: 'pass', exitCode: 0, inconclusive: true } as const
    const settle = 'assay run suites/sentiment/suite.yaml --settle'
    const input = comparedInput({}, open)
    expect(commandsOf(input)).toStrictEqual([settle, ACCEPT])
    const options = { selection: {}, comparison: { settle: true } }
    const settled = { ...input, run: { ...input.run, manifest: { ...input.run.manifest, options } } }
    expect(commandsOf(settled)).toStrictEqual([ACCEPT])
  })

  it('does not call a run under --strict that fails for want of proof one that nothing blocks', () => {
    const [step] = nextSteps(comparedInput({}, { decision: 'warn', exitCode: 4, inconclusive: true }))
    expect(step?.text).toContain('--strict asks for proof')
  })
})
