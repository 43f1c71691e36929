import { usd } from '../../../format/figures.ts'
import { grouped } from '../../../../harness/model/digits.ts'
import { type Condition, type Figure, OPERATORS, type Operator } from './term.ts'

const NUMBER = /^(-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)([a-z%]*)$/i

/** What a unit multiplies by: to ms, to a share of one, to single tokens. */
const UNITS: Readonly<Record<'time' | 'money' | 'count' | 'scale', Readonly<Record<string, number>>>> = {
  time: { '': 1, ms: 1, s: 1000, m: 60_000, min: 60_000 },
  money: { '': 1, usd: 1 },
  count: { '': 1, k: 1000, m: 1_000_000 },
  scale: { '': 1, '%': 0.01 },
}

function unitsOf({ of }: Figure): keyof typeof UNITS {
  if (of === 'latency' || of === 'ttft') return 'time'
  if (of === 'cost') return 'money'
  return of === 'tokens' || of === 'attempts' || of === 'repeat' ? 'count' : 'scale'
}

/** `>2000`, `>=1.5s`, `0.5`, `none`; undefined for what is none of them. */
export function readCondition(text: string, figure: Figure): Condition | undefined {
  if (/^=?none$/i.test(text)) return 'none'
  const op = OPERATORS.find((operator) => text.startsWith(operator))
  const rest = text.slice(op?.length ?? 0).trim()
  const match = NUMBER.exec(rest.startsWith('$') && figure.of === 'cost' ? rest.slice(1) : rest)
  const factor = match === null ? undefined : UNITS[unitsOf(figure)][(match[2] ?? '').toLowerCase()]
  if (match === null || factor === undefined) return undefined
  const value = Number(match[1]) * factor
  return Number.isFinite(value) ? { op: op ?? '=', value } : undefined
}

/** An example of what may follow the key. */
export function exampleOf({ of }: Figure): string {
  return { time: '>2s', money: '>0.01', count: '>1', scale: '<0.5' }[unitsOf({ of } as Figure)]
}

/** `>2000`, as it is typed. */
export function printCondition(condition: Condition): string {
  if (condition === 'none') return 'none'
  return `${condition.op === '=' ? '' : condition.op}${condition.value}`
}

const WORDS: Readonly<Record<Operator, string>> = {
  '<': 'under ',
  '<=': 'at most ',
  '>': 'over ',
  '>=': 'at least ',
  '=': '',
}

/** `over 2,000 ms`, as it is read out. */
export function conditionWords(condition: Condition, figure: Figure): string {
  if (condition === 'none') return 'not measured'
  return `${WORDS[condition.op]}${quantity(condition.value, figure)}`
}

function quantity(value: number, figure: Figure): string {
  const units = unitsOf(figure)
  if (units === 'time') return `${grouped(value)} ms`
  if (units === 'money') return value < 0 ? String(value) : usd(value)
  return units === 'count' ? grouped(value) : String(value)
}
