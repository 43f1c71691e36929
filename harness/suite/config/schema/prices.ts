import { z } from 'zod'
import { isDate } from './assay.ts'
import { checked, isMap, strictMap } from './form.ts'
import { notNegative, positive, text } from './scalars.ts'

const PRICES = ['input', 'output', 'cacheRead', 'cacheWrite', 'cacheWrite1h'] as const

/** What people call a vendor that the price table, and so every bill, calls otherwise. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  bedrock: 'aws',
  amazon: 'aws',
  vertex: 'google',
  gemini: 'google',
}

const day = checked(text, (value, report) => {
  if (typeof value === 'string' && !(value.length === 10 && isDate(value)))
    report(`expected a day such as 2027-01-31, got ${JSON.stringify(value)}`)
})

const model = checked(text, (value, report) => {
  if (typeof value !== 'string') return
  const [, vendor = '', name] = /^([^/\s]+)\/(\S+)$/.exec(value) ?? []
  if (name === undefined)
    report(`expected \`vendor/model\`, got ${JSON.stringify(value)}`, [], {
      hint: 'for example aws/amazon.nova-lite-v1:0, or aws/amazon.nova-* for all that begin so',
    })
  else if (value.slice(0, -1).includes('*'))
    report(`a \`*\` may stand at the end alone, got ${JSON.stringify(value)}`)
  else if (Object.hasOwn(OTHER_NAMES, vendor))
    report(`nothing is billed by \`${vendor}\``, [], {
      hint: `did you mean \`${OTHER_NAMES[vendor]}/${name}\`?`,
    })
})

const tier = checked(text, (value, report) => {
  if (typeof value !== 'string') return
  if (value.trim() === '') report('expected the name of a tier, got none')
  if (/^(?:standard|default)$/i.test(value))
    report('the standard tier has no name', [], { hint: 'leave `tier` out' })
})

const map = strictMap({
  model,
  from: day.optional(),
  until: day.optional(),
  tier: tier.optional(),
  input: notNegative.optional(),
  output: notNegative.optional(),
  cacheRead: notNegative.optional(),
  cacheWrite: notNegative.optional(),
  cacheWrite1h: notNegative.optional(),
  factor: positive.optional(),
})

const entry = checked(map, (value, report) => {
  if (!isMap(value)) return
  const { from, until, factor } = value
  if (typeof from === 'string' && typeof until === 'string' && until < from)
    report(`ends on ${until}, before it begins on ${from}`, ['until'])
  const prices = PRICES.filter((name) => value[name] !== undefined)
  if (factor !== undefined && prices.length > 0)
    report(`\`factor\` stands in place of prices, and there is \`${prices[0]}\``, ['factor'], { atKey: true })
  // A misspelt key is told already, and may be the one that is missing.
  if (factor !== undefined || Object.keys(value).some((key) => !(key in map.shape))) return
  for (const name of ['input', 'output'] as const) {
    if (value[name] === undefined)
      report(`missing \`${name}\``, [], {
        hint: 'USD per million tokens, 0 where they cost nothing; or a `factor` on what the model costs otherwise',
      })
  }
})

const entries = checked(z.array(entry), (value, report) => {
  if (!Array.isArray(value)) return
  const seen = new Map<string, number>()
  for (const [index, one] of value.entries()) {
    if (!isMap(one) || typeof one.model !== 'string') continue
    const key = JSON.stringify([one.model, one.tier, one.from]).toLowerCase()
    const first = seen.get(key)
    if (first === undefined) seen.set(key, index)
    else
      report(`the model, tier and first day are those of prices[${first}]: which of them holds?`, [index], {
        hint: 'give the later one the day `from` which it holds',
      })
  }
})

const version = checked(z.unknown(), (value, report) => {
  if (value !== undefined && value !== 1) report(`expected the version 1, got ${JSON.stringify(value)}`)
})

/** The file that `assay.prices` names. */
export const pricesSchema = checked(
  strictMap({ v: version.optional(), prices: entries }),
  (value, report) => {
    if (isMap(value) && value.v === undefined)
      report('missing `v`', [], { hint: 'write `v: 1`, the version of the format' })
  },
)
