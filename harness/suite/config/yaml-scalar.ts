import type { Scalar } from 'yaml'

const DATE = /^(\d{4})-(\d\d)-(\d\d)$/
const TIMESTAMP =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(?:Z|([-+])(\d\d?)(?::(\d\d))?))?$/

/**
 * The value of a scalar as promptfoo reads it: YAML 1.2's (`yes` and `0777` are text and 777), plus YAML 1.1's
 * dates, and numbers too large to be held stay text.
 */
export function scalarValue(node: Scalar): unknown {
  const { value, source } = node
  if (node.type !== 'PLAIN' || source === undefined || node.tag !== undefined) return value
  if (typeof value === 'number') {
    return Number.isFinite(value) || /\.(?:inf|nan)$/i.test(source) ? value : source
  }
  return typeof value === 'string' ? (timestamp(value) ?? value) : value
}

/** A YAML 1.1 timestamp; undefined for text that is none, or names a day or hour that does not exist. */
function timestamp(text: string): Date | undefined {
  // Cheap for the text that is no date: nearly all of it.
  if (text.charCodeAt(4) !== 0x2d) return undefined
  const match = DATE.exec(text) ?? TIMESTAMP.exec(text)
  if (match === null) return undefined
  const [year, month, day] = match.slice(1, 4).map(Number) as [number, number, number]
  const [hour, minute, second] = match.slice(4, 7).map((part) => Number(part ?? 0))
  const [, , , , , , , fraction = '', sign, offsetHour = '0', offsetMinute = '0'] = match
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) {
    return undefined
  }
  if ((hour ?? 0) > 23 || (minute ?? 0) > 59 || (second ?? 0) > 59) return undefined
  if (Number(offsetHour) > 23 || Number(offsetMinute) > 59) return undefined
  date.setUTCHours(hour ?? 0, minute ?? 0, second ?? 0, Number(fraction.slice(0, 3).padEnd(3, '0')))
  const offsetMs = (Number(offsetHour) * 60 + Number(offsetMinute)) * 60_000
  date.setTime(date.getTime() - (sign === '-' ? -offsetMs : offsetMs))
  return date
}
