/**
 * Splits the value of `contains-any:` and its kin: values apart by commas, a value with commas in double quotes (a quote in it
 * doubled or after a backslash), empty ones dropped.
 * @throws Error when a quote is not closed, or something other than a comma follows one
 */
export function splitValues(text: string): string[] {
  const values: string[] = []
  let at = 0
  for (;;) {
    at = skip(text, at, /[\s,]*/y)
    if (at >= text.length) return values
    if (text[at] !== '"') {
      const end = text.indexOf(',', at)
      values.push(text.slice(at, end < 0 ? undefined : end).trim())
      at = end < 0 ? text.length : end
      continue
    }
    const quoted = /"((?:\\["\\]|\\(?!["\\])|""|[^"\\])*)"/y
    quoted.lastIndex = at
    const match = quoted.exec(text)
    if (match?.[1] === undefined) throw new Error(`a quoted value is not closed: ${text.slice(at)}`)
    values.push(match[1].replaceAll(/\\(["\\])|""/g, (_, escaped: string | undefined) => escaped ?? '"'))
    at = skip(text, quoted.lastIndex, /\s*/y)
    if (at < text.length && text[at] !== ',')
      throw new Error(`expected a comma after a quoted value: ${text.slice(at)}`)
  }
}

function skip(text: string, from: number, pattern: RegExp): number {
  pattern.lastIndex = from
  pattern.test(text)
  return pattern.lastIndex
}
