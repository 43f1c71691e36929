import { z } from 'zod'
import { describe } from './describe.ts'
import { checked, isMap, oneOf } from './form.ts'

export const text = z.string()
export const texts = z.array(z.string())
export const anyMap = z.record(z.string(), z.unknown())
export const positiveWhole = wholeFrom(1)
export const wholeNotNegative = wholeFrom(0)
export const whole = wholeFrom(Number.MIN_SAFE_INTEGER)
export const notNegative = z.number().nonnegative()
export const positive = z.number().positive()
export const fraction = z.number().min(0).max(1)

/** One text, or a list of them. */
export const textOrTexts = oneOf((value) =>
  Array.isArray(value) ? texts : typeof value === 'string' ? text : 'text or a list of texts',
)

/** A map of texts, as for tags and env: numbers and booleans are taken for their text. */
export const scalarMap = z.record(
  z.string(),
  oneOf((value) =>
    ['string', 'number', 'boolean'].includes(typeof value) ? z.unknown() : 'text, a number or a boolean',
  ),
)

/** Code in a string, or `file://x.ts:fn`; a function where a generator wrote it. */
export const code = oneOf((value) =>
  typeof value === 'function'
    ? z.unknown()
    : typeof value === 'string'
      ? text
      : 'code or a `file://` reference',
)

/** A provider's id, or a map with an id or of one id to options; grading takes `{text: …, embedding: …}` as well. */
export const providerRef = oneOf((value) => {
  if (typeof value === 'string') return text
  return isMap(value) || typeof value === 'function' ? z.unknown() : 'a provider id or a map with an `id`'
})

/** zod's own `int()` stops all further checks at its first mistake, and one look should tell all. */
function wholeFrom(least: number): z.ZodNumber {
  return checked(z.number(), (value, report) => {
    if (typeof value !== 'number' || (Number.isSafeInteger(value) && value >= least)) return
    const bound = least > Number.MIN_SAFE_INTEGER ? ` of at least ${least}` : ''
    report(`expected a whole number${bound}, got ${describe(value)}`)
  })
}
