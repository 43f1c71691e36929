import type { Forecast } from '../harness/plan/forecast.ts'
import type { ColumnAs, ModelForecast } from '../harness/plan/forecast-as.ts'
import { count, usd } from '../reports/format/figures.ts'
import { range } from './forecast-range.ts'

const BY_RECORD =
  'by the tokens that the models of now took: another one splits text otherwise, and its replies are of other length'
const BY_PROMPTS =
  'by the prompts alone, in tokens of a common tokenizer: that of a model splits text otherwise, and its replies cost more'

/** What the columns would cost on other models, as a person reads it; nothing where none was asked for. */
export function asLines(expected: Forecast): string[] {
  const { as = [], graders, columns } = expected
  if (as.length === 0) return []
  const isRecorded = columns.some(({ basis }) => basis === 'recorded')
  return [
    ...as.flatMap((model) => modelLines(model, expected)),
    isRecorded ? BY_RECORD : BY_PROMPTS,
    ...(graders === undefined
      ? []
      : [`without graders, who are asked as now: ${costText(graders.costUsd)} besides`]),
  ]
}

function modelLines(model: ModelForecast, { columns }: Forecast): string[] {
  const { model: name, id, billing, contextWindow = 0, costUsd } = model
  const title = name === id ? name : `${name} (${id})`
  const tooLong = model.columns.filter((column) => column.tooLong !== undefined)
  const notes = tooLong.map(
    (column) =>
      `  a call of ${nameOf(column)} takes ${count(column.tooLong ?? 0)} tokens: its context window is ${count(contextWindow)}`,
  )
  if (costUsd === 'unknown') return [`${title}: unknown: no price of ${billing} is known`, ...notes]
  const isLeast = model.columns.some(({ basis }) => basis === 'estimated')
  const total = `${isLeast ? 'at least' : 'about'} ${usd(costUsd)}${range(model.interval, usd, columns)}`
  return [
    `${title}: ${total}${beside(model)}`,
    ...(model.columns.length > 1 ? model.columns.map(columnLine) : []),
    ...(model.cacheAsInput === true
      ? ['  it has no price for a cache: cached tokens count as plain ones']
      : []),
    ...notes,
  ]
}

function columnLine(column: ColumnAs): string {
  const by = column.basis === 'estimated' ? ' by its prompts alone' : ''
  return `  ${nameOf(column)}: ${costText(column.costUsd)}${by}${beside(column)}`
}

function nameOf({ prompt, provider }: ColumnAs): string {
  return `${prompt} × ${provider}`
}

/** `, now $0.0401: 30.2×` */
function beside({ nowUsd, ratio }: Pick<ColumnAs, 'nowUsd' | 'ratio'>): string {
  const times = ratio === null ? '' : `: ${Number(ratio.toPrecision(3))}×`
  return `, now ${costText(nowUsd)}${times}`
}

function costText(costUsd: ColumnAs['costUsd']): string {
  return costUsd === 'unknown' ? 'unknown' : usd(costUsd)
}
