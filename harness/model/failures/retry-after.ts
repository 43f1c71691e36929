/**
 * The longest a server's word is believed, in milliseconds. One that asks for more is asked again after this: a clock
 * that is wrong, or a limit of a day, must not keep a run standing for hours.
 */
export const MAX_RETRY_AFTER_MS = 600_000

/** The formats of an HTTP date (RFC 9110, 5.6.7), the obsolete ones included: all begin with the day of the week. */
const HTTP_DATE = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6},? .*\d\d:\d\d:\d\d/
const SECONDS = /^\d+(?:\.\d+)?$/

/** "Please try again in 1m30s", "[retry after 7s]", and Google's `"retryDelay": "34s"`, also as JSON within JSON. */
const HINT = /\b(?:(?:try again|retry) (?:in|after)|retryDelay)[\s\\":]*/i
const PART =
  /(\d+(?:\.\d+)?)\s*(ms|milliseconds?|s|sec|secs|seconds?|m|mins?|minutes?|h|hours?)(?![a-z])[\s,]*/iy
const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 }

/**
 * How many milliseconds a response's headers ask to wait: `retry-after-ms`, else `Retry-After` in seconds or as a date.
 * A date counts from the response's own `Date`, so that a wrong clock on either side does no harm, else from
 * `wallClock`. Undefined where nothing is asked for, or in words that mean nothing: negative, or no number and no date.
 * @param headers a `Headers`, a Map, or an object whose keys are in any case.
 */
export function retryAfterOf(headers: unknown, wallClock?: () => Date): number | undefined {
  for (const name of ['retry-after-ms', 'x-ms-retry-after-ms']) {
    const told = headerOf(headers, name)
    if (told !== undefined && SECONDS.test(told)) return Number(told)
  }
  const told = headerOf(headers, 'retry-after')
  if (told === undefined) return undefined
  if (SECONDS.test(told)) return Number(told) * 1000
  const until = httpDate(told)
  const from = httpDate(headerOf(headers, 'date') ?? '') ?? wallClock?.().getTime()
  return until === undefined || from === undefined ? undefined : Math.max(0, until - from)
}

/** The same, of what an error's text says where there is no header. */
export function retryAfterInText(text: string): number | undefined {
  const hint = HINT.exec(text)
  if (hint === null) return undefined
  PART.lastIndex = hint.index + hint[0].length
  let asked: number | undefined
  for (let part = PART.exec(text); part !== null; part = PART.exec(text)) {
    const [, amount = '', unit = ''] = part
    asked = (asked ?? 0) + Number(amount) * unitMs(unit.toLowerCase())
  }
  return asked
}

/** How many milliseconds are asked for when a provider gives the number itself. */
export function retryAfterTold(told: unknown): number | undefined {
  return typeof told === 'number' && told >= 0 ? told : undefined
}

function unitMs(unit: string): number {
  return /^(?:ms|milli)/.test(unit) ? 1 : (UNIT_MS[unit.charAt(0)] ?? 0)
}

function httpDate(value: string): number | undefined {
  if (!HTTP_DATE.test(value)) return undefined
  // The oldest format names no zone, and means GMT.
  const date = Date.parse(value.endsWith('GMT') ? value : `${value} GMT`)
  return Number.isNaN(date) ? undefined : date
}

function headerOf(headers: unknown, name: string): string | undefined {
  if (typeof headers !== 'object' || headers === null) return undefined
  if ('get' in headers && typeof headers.get === 'function') return textOf(headers.get(name))
  const key = Object.keys(headers).find((each) => each.toLowerCase() === name)
  return key === undefined ? undefined : textOf((headers as Record<string, unknown>)[key])
}

function textOf(value: unknown): string | undefined {
  const first: unknown = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' || typeof first === 'number' ? String(first).trim() : undefined
}
