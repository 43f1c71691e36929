import { describe, expect, it } from 'vitest'
import { type Analyzer, createAnalyzer } from '../../../harness/analyze/analyzer.ts'
import { finishWithDerived } from '../../../harness/analyze/derived.ts'
import { makeErrored, makeTrial } from './make-trial.ts'

function analyzerOf(): Analyzer {
  const columns = ['zero-shot', 'few-shot'].map((prompt) => ({ prompt, provider: 'flash' }))
  const analyzer = createAnalyzer({ runId: 'r', columns, planned: 4 })
  analyzer.add(makeTrial({ namedScores: { tp: 1 } }))
  analyzer.add(makeTrial({ cell: { caseId: 'b' }, namedScores: { tp: 0.5 }, namedScoreWeights: { tp: 4 } }))
  analyzer.add(makeErrored('down', { caseId: 'c' }))
  analyzer.add(makeTrial({ cell: { prompt: 'few-shot' }, namedScores: { tp: 1 } }))
  return analyzer
}

describe('derived metrics', () => {
  it('are computed from a column’s weighted sums and its number of cells, and stand beside the means', async () => {
    const metrics = [
      { name: 'rate', value: 'tp / __count' },
      { name: 'twice', value: ({ rate = NaN }: Record<string, number>) => rate * 2 },
    ]
    const { columns } = await finishWithDerived(analyzerOf(), metrics, () => {})
    expect(columns.map(({ namedScores }) => namedScores)).toStrictEqual([
      { tp: 0.75, rate: 1, twice: 2 },
      { tp: 1, rate: 1, twice: 2 },
    ])
  })

  it('are left out where they cannot be computed, and that is told once', async () => {
    const warnings: string[] = []
    const metrics = [{ name: 'f1', value: 'no_such_metric * 2' }]
    const { columns } = await finishWithDerived(analyzerOf(), metrics, (message) => warnings.push(message))
    expect(columns.map(({ namedScores }) => namedScores)).toStrictEqual([{ tp: 0.75 }, { tp: 1 }])
    expect(warnings).toStrictEqual([expect.stringContaining('`f1`')])
  })
})
