/** What a string is in its JSON. */
export interface StringPlace {
  readonly isKey: boolean
  /** The key whose value it is, or the first item of whose list. */
  readonly field: string | undefined
}

/**
 * Rewrites every string of a JSON text, object keys among them, without parsing the rest. Strings that `map` returns
 * unchanged stand as they were written. A string without an end, of a line that was cut off, is mapped as it stands. A scanner and
 * not a regular expression: a string may be 10 MB long.
 */
export function mapStrings(json: string, map: (text: string, place: StringPlace) => string): string {
  let result = ''
  let copied = 0
  let key: string | undefined
  let keyEnd = -1
  for (let start = json.indexOf('"'); start !== -1;) {
    const end = closingQuote(json, start + 1)
    const field = key !== undefined && isValueOf(json, keyEnd, start) ? key : undefined
    if (end === -1)
      return result + json.slice(copied, start + 1) + map(json.slice(start + 1), { isKey: false, field })
    const text = decode(json, start, end)
    const isKey = isKeyBefore(json, end + 1)
    if (isKey) {
      key = text
      keyEnd = end + 1
    }
    const mapped = map(text, { isKey, field: isKey ? undefined : field })
    if (mapped !== text) {
      result += json.slice(copied, start) + JSON.stringify(mapped)
      copied = end + 1
    }
    start = json.indexOf('"', end + 1)
  }
  return copied === 0 ? json : result + json.slice(copied)
}

function decode(json: string, start: number, end: number): string {
  const raw = json.slice(start + 1, end)
  if (!raw.includes('\\')) return raw
  try {
    return JSON.parse(json.slice(start, end + 1)) as string
  } catch {
    // No JSON after all.
    return raw
  }
}

function closingQuote(json: string, from: number): number {
  for (let end = json.indexOf('"', from); end !== -1; end = json.indexOf('"', end + 1)) {
    let backslashes = 0
    while (json[end - 1 - backslashes] === '\\' && end - 1 - backslashes >= from) backslashes++
    if (backslashes % 2 === 0) return end
  }
  return -1
}

function isKeyBefore(json: string, after: number): boolean {
  return json[afterBlanks(json, after)] === ':'
}

/** True when only a colon, and perhaps the bracket of a list, stands between. */
function isValueOf(json: string, keyEnd: number, start: number): boolean {
  const colon = afterBlanks(json, keyEnd)
  const value = afterBlanks(json, colon + 1)
  return value === start || (json[value] === '[' && afterBlanks(json, value + 1) === start)
}

function afterBlanks(json: string, from: number): number {
  let index = from
  while (json[index] === ' ' || json[index] === '\n') index++
  return index
}
