/** What a spreadsheet takes for the beginning of a formula, the full-width forms of the signs included. */
const FORMULA = /^[\s]*[=+\-@＝＋－＠]|^[\t\r\n]/

/** A figure as it is, or a text that no spreadsheet shall run. */
export type CsvValue = string | number | boolean | undefined

/** One record of RFC 4180, with its line break. */
export function csvLine(values: readonly CsvValue[]): string {
  return `${values.map(csvField).join(',')}\r\n`
}

export function csvField(value: CsvValue): string {
  if (value === undefined) return ''
  if (typeof value !== 'string')
    return typeof value === 'number' && !Number.isFinite(value) ? '' : String(value)
  const safe = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}
