import { z } from 'zod'
import { checked, isMap, oneOf, strictMap } from './form.ts'
import { fraction, positive, positiveWhole, text, wholeNotNegative } from './scalars.ts'

const date = checked(text, (value, report) => {
  if (typeof value === 'string' && !/^\d{4}-\d\d-\d\d(?:T|$)/.test(value)) {
    report(`expected a date such as 2027-01-31, got ${JSON.stringify(value)}`)
  }
})

const pattern = checked(text, (value, report) => {
  if (typeof value !== 'string') return
  try {
    RegExp(value, 'u')
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

const gate = strictMap({
  onUnavailable: z.enum(['fail', 'neutral']).optional(),
  ship: z.array(strictMap({ prompt: text.optional(), provider: text.optional() })).optional(),
  margin: fraction.optional(),
  alpha: z.number().gt(0).lt(1).optional(),
  metrics: z.array(text).min(1).optional(),
  floors: z.record(z.string(), z.number()).optional(),
  mustPass: strictMap({ tag: text }).optional(),
  confirm: wholeNotNegative.optional(),
  latency: strictMap({ p95Ms: positive.optional(), ratio: positive.optional() }).optional(),
  cost: strictMap({ usdPerCase: positive.optional(), ratio: positive.optional() }).optional(),
})

/** The `assay:` key. */
export const assaySchema = strictMap({
  repeat: positiveWhole.optional(),
  cluster: text.optional(),
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
  quarantine: z.array(strictMap({ case: text, until: date.optional(), reason: text.optional() })).optional(),
  renamed: z.record(z.string(), text).optional(),
  redact: z.array(pattern).optional(),
  prices: text.optional(),
})
