/**
 * Rewrites every string of a JSON text, object keys among them, without parsing the rest. Strings that `map` returns
 * unchanged stand as they were written. A scanner and not a regular expression: a string may be 10 MB long.
 */
export function mapStrings(json: string, map: (text: string, isKey: boolean) => string): string {
  let result = ''
  let copied = 0
  for (let start = json.indexOf('"'); start !== -1;) {
    const end = closingQuote(json, start + 1)
    // Half a string is no JSON: nothing can be said about it.
    if (end === -1) break
    const text = decode(json, start, end)
    const mapped = map(text, isKey(json, end + 1))
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
  return raw.includes('\\') ? (JSON.parse(json.slice(start, end + 1)) as string) : raw
}

function closingQuote(json: string, from: number): number {
  for (let end = json.indexOf('"', from); end !== -1; end = json.indexOf('"', end + 1)) {
    let backslashes = 0
    while (json[end - 1 - backslashes] === '\\' && end - 1 - backslashes >= from) backslashes++
    if (backslashes % 2 === 0) return end
  }
  return -1
}

function isKey(json: string, after: number): boolean {
  let index = after
  while (json[index] === ' ' || json[index] === '\n') index++
  return json[index] === ':'
}
