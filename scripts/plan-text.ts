import type { Plan } from '../harness/model/plan.ts'
import type { Forecast } from '../harness/plan/forecast.ts'
import type { BudgetForecast } from '../harness/plan/forecast-budget.ts'
import type { PowerForecast } from '../harness/plan/forecast-power.ts'
import { count, counted, percent, usd } from '../reports/format/figures.ts'
import { points, sizeOf } from '../reports/format/points.ts'
import { asLines } from './as-text.ts'
import { range } from './forecast-range.ts'
import { describeSize } from './plan-size.ts'

const NAME_WIDTH = 10

/** A plan as a person reads it. */
export function formatPlan(plan: Plan, expected: Forecast, power?: PowerForecast): string {
  const { suite, size, accounts } = plan
  const { cells, cellsByAccount } = size
  const { confidence, columns, budget } = expected
  const rows: [name: string, lines: readonly string[]][] = [
    ['suite', [`${suite.name} (${suite.file})`]],
    ['size', [describeSize(plan)]],
    ['columns', columns.map(({ prompt, provider }) => `${prompt} × ${provider}`)],
    [
      'accounts',
      accounts.map((account) => `${account}: ${counted(cellsByAccount[account] ?? cells, 'cell')}`),
    ],
    ['calls', [calls(expected)]],
    ['tokens', [tokens(expected)]],
    ['cost', [cost(expected)]],
    ['as', asLines(expected)],
    ['time', [time(expected)]],
    ['basis', [basis(expected)]],
    ['confidence', [`${confidence.level}: ${confidence.reason}`]],
    ...(power === undefined ? [] : [['power', powerLines(plan, power)] as [string, string[]]]),
    ...(budget.length > 0
      ? [['budget', budget.map((one) => budgetOutlook(one, cells))] as [string, string[]]]
      : []),
  ]
  const lines = rows.flatMap(([name, texts]) =>
    texts.map((text, i) => `${(i === 0 ? name : '').padEnd(NAME_WIDTH)} ${text}`),
  )
  return `${lines.join('\n')}\n`
}

/** One sentence for each limit of the budget that will not do. */
export function budgetWarnings({ budget }: Forecast, cells: number): string[] {
  return budget
    .filter(({ outlook }) => outlook === 'reached')
    .map((one) => `the budget will not do: ${budgetOutlook(one, cells)}`)
}

function budgetOutlook({ kind, limit, outlook, cells = 0 }: BudgetForecast, planned: number): string {
  const name = kind === 'usd' ? usd(limit) : counted(limit, kind.slice(0, -1))
  if (outlook === 'reached')
    return `${name}: reached after about ${count(cells)} of ${counted(planned, 'cell')}`
  if (outlook === 'tight') return `${name}: likely enough, but not by much`
  return outlook === 'enough'
    ? `${name}: enough`
    : `${name}: whether it is enough is not known before a first run`
}

function calls({ calls, callsAtMost, graders }: Forecast): string {
  const parts = [
    graders &&
      `${count(graders.calls)} of them${graders.basis === 'estimated' ? ' at least' : ''} to graders`,
    callsAtMost > calls && `up to ${count(callsAtMost)} with feedback`,
  ].filter((part) => typeof part === 'string')
  return [count(calls), ...parts].join(', ')
}

function tokens({ tokens, intervals, columns }: Forecast): string {
  const { input, output, cacheRead = 0, cacheWrite = 0 } = tokens
  const cached = [
    ...(cacheRead > 0 ? [`${count(cacheRead)} read from the cache`] : []),
    ...(cacheWrite > 0 ? [`${count(cacheWrite)} written to it`] : []),
  ]
  const replies = output === 'unknown' ? 'replies not known before a first run' : `${count(output)} out`
  const parts = [`about ${count(input)} in`, ...cached, replies]
  return `${parts.join(', ')}${range(intervals.tokens, count, columns, ' together')}`
}

function cost({ costUsd, intervals, columns }: Forecast): string {
  if (costUsd === 'unknown') return 'unknown: no price is known for some of these models'
  const isLeast = columns.some(({ basis }) => basis === 'estimated')
  return `${isLeast ? 'at least' : 'about'} ${usd(costUsd)}${range(intervals.costUsd, usd, columns)}`
}

function time({ seconds, secondsAtLeast, limitedBy }: Forecast): string {
  const by =
    limitedBy === undefined ? '' : ` (held back by ${LIMITS[limitedBy.limit]} of ${limitedBy.account})`
  if (seconds !== 'unknown') return `about ${inWords(seconds)}${by}`
  return secondsAtLeast === 0
    ? 'not known before a first run'
    : `at least ${inWords(secondsAtLeast)}${by}; more is not known before a first run`
}

const LIMITS = {
  concurrency: 'the concurrency',
  rpm: 'the requests a minute',
  tpm: 'the tokens a minute',
} as const

function basis({ columns }: Forecast): string {
  const recorded = columns.filter((column) => column.basis === 'recorded').length
  if (recorded === columns.length) return 'the last run of each column'
  const counted = 'tokens counted on a sample of rendered prompts'
  return recorded === 0
    ? counted
    : `the last run for ${recorded} of ${columns.length} columns, ${counted} for the others`
}

function inWords(seconds: number): string {
  return seconds < 90 ? `${Math.max(1, Math.round(seconds))} s` : `${(seconds / 60).toFixed(1)} min`
}

/** What a comparison of this size could see, and the sizes that would see what is asked for. */
function powerLines({ size }: Plan, power: PowerForecast): string[] {
  const { detectable, goal, options, leastUnits, units, basis, passRate } = power
  const unit = units === size.cases ? 'case' : 'cluster'
  const varies = basis === 'baseline' ? 'varying as in the baseline' : `assuming ${percent(passRate)} pass`
  const now = sizeOf(size.cases, size.repeats)
  return [
    detectable === null
      ? `${now} cannot show any drop: too few to tell it from chance`
      : `${now} show a drop of ${points(detectable)} four times of five (${varies})`,
    `a drop of ${points(goal)} takes ${options.map(({ cases, repeats }) => sizeOf(cases, repeats)).join(', or ')}`,
    ...(leastUnits !== null && units < leastUnits
      ? [
          `"no worse by ${points(goal)}" takes ${counted(leastUnits, unit)} at least: there are ${count(units)}`,
        ]
      : []),
  ]
}
