import type { Plan } from '../harness/model/plan.ts'
import type { Forecast } from '../harness/plan/forecast.ts'
import { count, counted, usd } from '../reports/format/figures.ts'
import { describeSize } from './plan-size.ts'

/** A plan as a person reads it. */
export function formatPlan(plan: Plan, expected: Forecast): string {
  const { suite, size, accounts } = plan
  const { cells, cellsByAccount } = size
  const rows = [
    ['suite', `${suite.name} (${suite.file})`],
    ['size', describeSize(plan)],
    [
      'columns',
      expected.columns.map(({ prompt, provider }) => `${prompt} × ${provider}`).join('\n         '),
    ],
    [
      'accounts',
      accounts
        .map((account) => `${account}: ${counted(cellsByAccount[account] ?? cells, 'cell')}`)
        .join('\n         '),
    ],
    ['calls', count(expected.calls)],
    ['tokens', tokens(expected)],
    ['cost', cost(expected)],
    [
      'time',
      expected.seconds === 'unknown' ? 'not known before a first run' : `about ${seconds(expected.seconds)}`,
    ],
    ['basis', basis(expected)],
  ]
  return `${rows.map(([name = '', text = '']) => `${name.padEnd(8)} ${text}`).join('\n')}\n`
}

function tokens({ tokens: { input, output } }: Forecast): string {
  return `about ${count(input)} in, ${output === 'unknown' ? 'replies not known before a first run' : `${count(output)} out`}`
}

function cost({ costUsd, tokens: { output } }: Forecast): string {
  if (costUsd === 'unknown') return 'unknown: no price is known for some of these models'
  return `${output === 'unknown' ? 'at least' : 'about'} ${usd(costUsd)}`
}

function basis({ columns }: Forecast): string {
  const recorded = columns.filter((column) => column.basis === 'recorded').length
  if (recorded === columns.length) return 'the last run of this suite'
  const counted = 'tokens counted on a sample of rendered prompts'
  return recorded === 0
    ? counted
    : `the last run for ${recorded} of ${columns.length} columns, ${counted} for the others`
}

function seconds(value: number): string {
  return value < 90 ? `${Math.max(1, Math.round(value))} s` : `${(value / 60).toFixed(1)} min`
}
