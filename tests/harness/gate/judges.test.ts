import { describe, expect, it } from 'vitest'
import { Judging, refuseRecorded, refuseUncalibrated } from '../../../harness/gate/judges.ts'
import type { JudgeStanding } from '../../../harness/model/judge-standing.ts'

function judge(more: Partial<JudgeStanding> = {}): JudgeStanding {
  return { metric: 'tone', hash: 'h', graders: ['sonnet'], calibration: 'missing', counts: false, ...more }
}

const current = judge({ calibration: 'current', counts: true })

describe('a gate', () => {
  it.each([
    ['metrics', { metrics: ['pass', 'tone'] }],
    ['floors', { floors: { tone: 0.5 } }],
    ['floors, of one of its measures', { floors: { 'tone.alpha': 0.5 } }],
    ['ceilings', { ceilings: { 'tone.flip_rate': 0.1 } }],
  ])('that names an uncalibrated judge under %s is refused', (_, gate) => {
    expect(() => refuseUncalibrated({ gate }, [judge()])).toThrow(
      'assay.gate: `tone` rests on a judge that was never compared with people’s labels',
    )
    expect(() => refuseUncalibrated({ gate }, [current])).not.toThrow()
    expect(() => refuseUncalibrated({ gate }, [judge({ counts: true })])).not.toThrow()
  })

  it('that names another metric, or begins alike, is let through', () => {
    const gate = { metrics: ['pass', 'tones'], floors: { 'ton.e': 1 } }
    expect(() => refuseUncalibrated({ gate }, [judge()])).not.toThrow()
    expect(() => refuseUncalibrated({}, [judge()])).not.toThrow()
  })

  it('is refused for any name that a templated metric may have, but for `pass`', () => {
    const refused = (name: string, metric: string): boolean => {
      try {
        refuseUncalibrated({ gate: { floors: { [name]: 0.5 } } }, [judge({ metric })])
        return false
      } catch {
        return true
      }
    }
    expect(refused('tone_en', 'tone_{{lang}}')).toBe(true)
    expect(refused('tone_en.mean_score', 'tone_{{ lang }}')).toBe(true)
    expect(refused('en_tone_x', '{{a}}_tone_{{b}}')).toBe(true)
    expect(refused('en_mood_x', '{{a}}_tone_{{b}}')).toBe(false)
    expect(refused('mood_en', 'tone_{{lang}}')).toBe(false)
    expect(refused('pass', '{{name}}')).toBe(false)
  })

  it('tells what of a judge has changed since it was calibrated, where that is known', () => {
    const standing = judge({ calibration: 'stale', changed: ['rubric', 'config of sonnet'] })
    expect(() => refuseUncalibrated({ gate: { metrics: ['tone'] } }, [standing])).toThrow(
      '`tone` rests on a judge that has changed since it was calibrated (rubric, config of sonnet)',
    )
  })

  it.each([
    ['stale', undefined, 'was calibrated with another model, rubric or prompt'],
    [
      'weak',
      { value: 0.3, interval: { lo: 0.05, hi: 0.5 } },
      'agrees too little with people’s labels (alpha at least 0.05)',
    ],
  ] as const)('tells why a %s calibration does not do', (calibration, alpha, why) => {
    const standing = judge({ calibration, ...(alpha && { alpha }) })
    expect(() => refuseUncalibrated({ gate: { metrics: ['tone'] } }, [standing])).toThrow(why)
  })
})

describe('the gate of a recorded run', () => {
  const at = (lo: number) => ({ alpha: { value: lo + 0.1, interval: { lo, hi: lo + 0.2 } } })
  it.each([
    [
      'counted, since the suite let it, and it lets it no more',
      judge({ counts: true }),
      {},
      'counts in this run',
    ],
    ['was only shown, and counts now', judge(), { uncalibratedJudges: true }, 'was only shown'],
    [
      'counted, and agrees too little now',
      judge({ ...at(0.6), calibration: 'current', counts: true }),
      { judgeAgreement: 0.7 },
      'counts in this run',
    ],
    [
      'agreed too little, and does no more',
      judge({ ...at(0.6), calibration: 'weak' }),
      { judgeAgreement: 0.5 },
      'was only shown',
    ],
  ] as const)('is refused where a judge %s', (_, standing, gate, message) => {
    expect(() => refuseRecorded({ gate: { floors: { pass: 0.5 }, ...gate } }, [standing])).toThrow(message)
  })

  it.each([
    ['current', judge({ ...at(0.6), calibration: 'current', counts: true }), {}],
    ['current, without an interval since all labels agree', current, {}],
    ['shown then and now', judge(), {}],
    ['of too little agreement then and now', judge({ ...at(-0.1), calibration: 'weak' }), {}],
    ['counting then and now', judge({ counts: true }), { uncalibratedJudges: true }],
  ] as const)('is let through where a judge is %s', (_, standing, gate) => {
    expect(() => refuseRecorded({ gate: { floors: { pass: 0.5 }, ...gate } }, [standing])).not.toThrow()
  })

  it('that names a judge that was only shown is refused at its place, and told to check the replies again', () => {
    expect(() => refuseRecorded({ gate: { floors: { tone: 0.5 } } }, [judge()])).toThrow(
      expect.objectContaining({ hint: expect.stringContaining('assay verify') }),
    )
  })
})

describe('a run', () => {
  it('whose every check is an uncalibrated judge is refused: nothing would decide', () => {
    const judging = new Judging()
    judging.add({ counts: false })
    expect(() => judging.check({}, [judge()])).toThrow(
      'nothing would decide, for no check counts: `tone` was never compared with people’s labels',
    )
  })

  it('with other checks is told that the judge is only shown', () => {
    const judging = new Judging()
    judging.add({ counts: false })
    judging.add({ counts: true })
    expect(judging.check({}, [judge(), current])).toEqual([
      'the judge `tone` was never compared with people’s labels: what it says is shown, and counts neither for a cell nor for the gate; `assay calibrate` measures it',
    ])
  })

  it('that lets it gate all the same has that said', () => {
    const judging = new Judging()
    judging.add({ counts: true })
    expect(judging.check({ gate: { uncalibratedJudges: true } }, [judge({ counts: true })])).toEqual([
      'the judge `tone` was never compared with people’s labels, and gates all the same: the suite sets assay.gate.uncalibratedJudges',
    ])
  })

  it('of calibrated judges has nothing to say', () => {
    const judging = new Judging()
    judging.add({ counts: true })
    expect(judging.check({}, [current])).toEqual([])
  })
})
