import type { ReportInput } from '../../harness/model/report.ts'
import type { CheckMeasures } from '../../harness/model/measure.ts'
import { makeTrial } from '../harness/analyze/make-trial.ts'
import { makeInput } from './make-input.ts'

/** What a check of a classifier says of a column. */
export const LABEL_MEASURES: CheckMeasures = {
  check: 'tone <b>',
  measures: [
    {
      name: 'macro_f1',
      label: 'macro-F1',
      value: 0.7124,
      interval: { lo: 0.652, hi: 0.7591 },
      n: { count: 156, of: 'cases' },
      unit: 'share',
      better: 'higher',
    },
    {
      name: 'gap',
      label: 'worst-depth gap',
      value: -0.08,
      interval: { lo: -0.141, hi: -0.02 },
      n: { count: 156, of: 'cases' },
      unit: 'points',
      better: 'lower',
    },
    {
      name: 'steps',
      label: 'mean steps',
      value: 3.25,
      interval: { lo: 3, hi: 3.5 },
      n: { count: 9, of: 'cells' },
      unit: 'score',
    },
    {
      name: 'cost',
      label: 'cost per solved task',
      value: null,
      interval: null,
      n: { count: 0, of: 'cells' },
      unit: 'usd',
    },
  ],
  tables: [
    {
      name: 'confusion',
      title: 'Expected by predicted label',
      heads: ['expected', 'good', 'no label'],
      rows: [
        { head: 'good', cells: [12, 0] },
        { head: '<img src=x onerror=alert(1)>', cells: [null, 3] },
      ],
      unit: 'count',
    },
  ],
}

/** A run of one column whose check says these. */
export function measuredInput(measures: readonly CheckMeasures[] = [LABEL_MEASURES]): ReportInput {
  const input = makeInput({ trials: [makeTrial()] })
  const columns = input.analysis.columns.map((column) => ({ ...column, measures }))
  return { ...input, analysis: { ...input.analysis, columns } }
}
