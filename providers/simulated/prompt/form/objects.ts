const MOST_TRIED = 40
const LONGEST = 20_000

type JsonObject = Readonly<Record<string, unknown>>

/** The JSON objects that stand in a text, outermost only. */
export function objectsIn(text: string): JsonObject[] {
  const found: JsonObject[] = []
  let from = text.indexOf('{')
  for (let tried = 0; from !== -1 && tried < MOST_TRIED; tried++) {
    const end = closingBrace(text, from)
    const object = end === undefined ? undefined : parseObject(text.slice(from, end + 1))
    if (object !== undefined) found.push(object)
    from = text.indexOf('{', object === undefined || end === undefined ? from + 1 : end)
  }
  return found
}

/** A text that is a JSON object as a whole. */
export function parseObject(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as unknown
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? (value as JsonObject) : undefined
  } catch {
    return undefined
  }
}

function closingBrace(text: string, start: number): number | undefined {
  let depth = 0
  let isQuoted = false
  for (let index = start; index < Math.min(text.length, start + LONGEST); index++) {
    const character = text[index]
    if (character === '\\') index++
    else if (character === '"') isQuoted = !isQuoted
    else if (!isQuoted && character === '{') depth++
    else if (!isQuoted && character === '}' && --depth === 0) return index
  }
  return undefined
}
