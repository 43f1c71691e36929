import { z } from 'zod'
import { checked, isMap, oneOf, strictMap } from './form.ts'
import { fraction, positive, positiveWhole, text, wholeNotNegative } from './scalars.ts'

const date = checked(text, (value, report) => {
  if (typeof value === 'string' && !isDate(value)) {
    report(`expected a date such as 2027-01-31, got ${JSON.stringify(value)}`)
  }
})

/** Of a day that there is: JavaScript takes 31 February for 3 March. */
export function isDate(value: string): boolean {
  if (!/^\d{4}-\d\d-\d\d(?:T|$)/.test(value)) return false
  const day = new Date(value.slice(0, 10))
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value.slice(0, 10))
}

const pattern = checked(text, (value, report) => {
  if (typeof value !== 'string') return
  try {
    if (''.search(RegExp(value, 'u')) === 0)
      report('matches the empty text: match what is to be hidden, and nothing else')
  } catch (error) {
    report((error as Error).message.replace(/^Invalid regular expression/, 'not a regular expression'))
  }
})

const budget = strictMap({
  usd: positive.optional(),
  tokens: positive.optional(),
  minutes: positive.optional(),
  calls: positiveWhole.optional(),
})

const accountLimit = strictMap({
  concurrency: positiveWhole.optional(),
  rpm: positive.optional(),
  tpm: positive.optional(),
})

const retry = strictMap({
  attempts: positiveWhole.optional(),
  baseMs: positive.optional(),
  maxMs: positive.optional(),
  outageMs: positive.optional(),
})

const cacheMap = strictMap({ ttlHours: positive.optional() })
const cache = oneOf((value) => {
  if (value === false) return z.literal(false)
  return isMap(value) ? cacheMap : '`false` or a map like {ttlHours: 24}'
})

const margin = checked(z.number(), (value, report) => {
  if (typeof value !== 'number' || (value > 0 && value < 1)) return
  const why =
    value <= 0
      ? 'a margin is the largest drop that still counts as "no worse", and that of nothing can never be proven'
      : value === 1
        ? 'with a margin of 100 points every drop would count as "no worse"'
        : 'a margin is a share, 0.05 for 5 points'
  report(`expected a number above 0 and below 1, got the number ${value}`, [], { hint: why })
})

const column = strictMap({ prompt: text.optional(), provider: text.optional() })

const against = checked(column, (value, report) => {
  if (isMap(value) && Object.keys(value).length === 0) report('expected a `prompt`, a `provider`, or both')
})

const gate = strictMap({
  onUnavailable: z.enum(['fail', 'neutral']).optional(),
  ship: z.array(column).min(1).optional(),
  against: against.optional(),
  margin: margin.optional(),
  alpha: z.number().gt(0).lt(1).optional(),
  metrics: z.array(text).min(1).optional(),
  floors: z.record(z.string(), z.number()).optional(),
  ceilings: z.record(z.string(), z.number()).optional(),
  uncalibratedJudges: z.boolean().optional(),
  judgeAgreement: z.number().gt(0).max(1).optional(),
  mustPass: strictMap({ tag: text }).optional(),
  confirm: wholeNotNegative.optional(),
  latency: strictMap({ p95Ms: positive.optional(), ratio: positive.optional() }).optional(),
  cost: strictMap({ usdPerCase: positive.optional(), ratio: positive.optional() }).optional(),
})

const cluster = checked(text, (value, report) => {
  if (typeof value === 'string' && !/^(?:vars|metadata)\.[^.\s](?:.*[^.\s])?$/.test(value)) {
    report(`expected \`vars.NAME\` or \`metadata.NAME\`, got ${JSON.stringify(value)}`, [], {
      hint: 'cases that share its value are one unit: `vars.document_id`',
    })
  }
})

const ENDLESS = {
  until:
    'a quarantine without an end is a case nobody looks at again: give its last day, `until: 2027-01-31`',
  reason: 'say why it is out of the gate, `reason: label disputed`',
}

const quarantined = checked(
  strictMap({ case: text, until: date.optional(), reason: text.optional() }),
  (value, report) => {
    if (!isMap(value) || Object.keys(value).some((key) => !['case', 'until', 'reason'].includes(key))) return
    for (const key of ['until', 'reason'] as const) {
      if (value[key] === undefined) report(`missing \`${key}\``, [], { hint: ENDLESS[key] })
    }
    if (value.reason?.trim() === '') report('expected a reason, got none', ['reason'])
  },
)

const quarantine = checked(z.array(quarantined), (value, report) => {
  if (!Array.isArray(value)) return
  const seen = new Set<unknown>()
  for (const [index, one] of value.entries()) {
    if (!isMap(one) || typeof one.case !== 'string') continue
    if (seen.has(one.case)) report(`case ${JSON.stringify(one.case)} is listed twice`, [index, 'case'])
    seen.add(one.case)
  }
})

/** The `assay:` key. */
export const assaySchema = strictMap({
  repeat: positiveWhole.optional(),
  cluster: cluster.optional(),
  feedback: strictMap({
    maxAttempts: positiveWhole,
    template: text.optional(),
    reveal: z.boolean().optional(),
  }).optional(),
  budget: budget.optional(),
  limits: z.record(z.string(), accountLimit).optional(),
  retry: retry.optional(),
  cache: cache.optional(),
  maxErrorRate: fraction.optional(),
  timeoutMs: positive.optional(),
  checkTimeoutMs: positive.optional(),
  gate: gate.optional(),
  quarantine: quarantine.optional(),
  renamed: z.record(z.string(), text).optional(),
  redact: z.array(pattern).optional(),
  prices: text.optional(),
})
