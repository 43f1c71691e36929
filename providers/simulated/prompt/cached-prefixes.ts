import type { Prefix } from '../prompt-cache.ts'
import { readMessages } from './messages.ts'
import { readPrompt } from './read-prompt.ts'

/** Messages hold parts, which hold text. */
const MOST_NESTED = 8

type Fields = Readonly<Record<string, unknown>>

/**
 * Beginnings of a prompt that a cache is to keep, the shortest first: what a chat marks, in the words of Anthropic (`cache_control`) or
 * of Bedrock (`cachePoint`); else its system prompt; else what stands before the input, which is the same for every case.
 * @param ttl of those that are not marked
 */
export function cachedPrefixes(prompt: string, ttl: Prefix['ttl']): Prefix[] {
  const marked = markedPrefixes(prompt)
  if (marked.length > 0) return marked
  const system = readMessages(prompt).filter(({ role }) => role === 'system')
  if (system.length > 0) return [{ text: system.map(({ text }) => text).join('\n'), ttl }]
  const { input } = readPrompt(prompt)
  const end = input === '' ? -1 : prompt.lastIndexOf(input)
  return end <= 0 ? [] : [{ text: prompt.slice(0, end), ttl }]
}

function markedPrefixes(prompt: string): Prefix[] {
  if (!/"(?:cache_control|cachePoint)"/.test(prompt)) return []
  const prefixes: Prefix[] = []
  let text = ''
  const add = (value: unknown, depth = 0): void => {
    if (depth > MOST_NESTED) return
    if (typeof value === 'string') text += `${value}\n`
    if (Array.isArray(value)) for (const part of value as readonly unknown[]) add(part, depth + 1)
    const { content, text: words = content, cache_control: control, cachePoint = control } = fieldsOf(value)
    if (words !== undefined) add(words, depth + 1)
    if (cachePoint !== undefined)
      prefixes.push({ text, ttl: fieldsOf(cachePoint)['ttl'] === '1h' ? '1h' : '5m' })
  }
  const parsed = parse(prompt)
  const { system, messages } = fieldsOf(parsed)
  add(system)
  add(Array.isArray(parsed) ? parsed : messages)
  return prefixes
}

function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
