import { requiredVariables } from './required-variables.ts'

interface JsonPrompt {
  readonly value: unknown
  /** As `requiredVariables`, over all its texts. */
  readonly required: readonly string[]
}

const CACHE_SIZE = 1000
const known = new Map<string, JsonPrompt | undefined>()

/** A prompt that parses as JSON is rendered leaf by leaf, so that a quote in a var cannot break it. Undefined for other prompts. */
export function parseJsonPrompt(prompt: string): JsonPrompt | undefined {
  if (known.has(prompt)) return known.get(prompt)
  let parsed: JsonPrompt | undefined
  try {
    const value = JSON.parse(prompt) as unknown
    const required = new Set<string>()
    mapTexts(value, (text) => {
      for (const name of requiredVariables(text)) required.add(name)
      return text
    })
    parsed = { value, required: [...required] }
  } catch {
    parsed = undefined
  }
  if (known.size >= CACHE_SIZE) known.delete(known.keys().next().value as string)
  known.set(prompt, parsed)
  return parsed
}

/** A copy of a JSON value with every text in it (keys apart) replaced. */
export function mapTexts(value: unknown, replace: (text: string) => string): unknown {
  if (typeof value === 'string') return replace(value)
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, replace))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, replace)]))
}
