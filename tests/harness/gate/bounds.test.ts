import { describe, expect, it } from 'vitest'
import { atLeast, atMost } from '../../../harness/gate/bounds.ts'
import type { ColumnAnalysis } from '../../../harness/model/analysis.ts'
import { decide } from '../../../harness/decide.ts'
import { gateSentence } from '../../../reports/format/gate.ts'
import { measuredInput } from '../../reports/make-measures.ts'

function column(namedScores: Record<string, number> = {}): ColumnAnalysis {
  const [first] = measuredInput().analysis.columns
  if (first === undefined) throw new Error('no column')
  return { ...first, namedScores }
}

describe('a floor', () => {
  it('holds a measure by the name of its check and its own, with its interval', () => {
    const { gate, reason } = atLeast('tone <b>.macro_f1', 0.75, column())
    expect(gate).toMatchObject({ result: 'fail', observed: 0.7124, interval: [0.652, 0.7591] })
    expect(reason).toBe('zero-shot × flash: tone <b>.macro_f1 is 71.2%, below its floor of 75.0%.')
    expect(gateSentence(gate)).toBe('71.2% (65.2–75.9%), limit 75.0%')
    expect(atLeast('tone <b>.macro_f1', 0.7124, column()).gate.result).toBe('pass')
  })

  it('is a named score’s first, where both have the name', () => {
    expect(atLeast('tone <b>.steps', 5, column({ 'tone <b>.steps': 7 })).gate).toMatchObject({
      result: 'pass',
      observed: 7,
    })
  })

  it.each(['tone <b>.cost', 'tone <b>.recall', 'tone.macro_f1', 'macro_f1'])(
    'that cannot be measured makes the run invalid: %s',
    (metric) => {
      const { gate, required } = atLeast(metric, 0.5, column())
      expect(gate.result).toBe('not_measured')
      expect(required).toBe(true)
    },
  )
})

describe('a ceiling', () => {
  it.each([
    [3.2, 'fail'],
    [3.25, 'pass'],
    [3.3, 'pass'],
  ])('of %d is a %s for 3.25', (ceiling, result) => {
    expect(atMost('tone <b>.steps', ceiling, column()).gate).toMatchObject({
      name: 'ceiling: tone <b>.steps',
      result,
    })
  })

  it('blocks a run above it', () => {
    const { analysis } = measuredInput()
    const verdict = decide({ gate: { ceilings: { 'tone <b>.steps': 3 } } }, analysis)
    expect(verdict).toMatchObject({ decision: 'block', exitCode: 1 })
    expect(verdict.reasons[0]).toBe('zero-shot × flash: tone <b>.steps is 3.25, above its ceiling of 3.')
  })
})
