import type { Prefix } from '../prompt-cache.ts'
import type { Asked, ToolOffer } from './protocol.ts'

/** The prompt as the simulated models read it: the text of the only message, else chat JSON. */
export function promptOf({ system, turns }: Pick<Asked, 'system' | 'turns'>): string {
  const [only] = turns
  const isText = system.length === 0 && turns.length === 1 && only?.role === 'user'
  // What looks like chat JSON would be taken for it.
  if (isText && !/^\s*[[{]/.test(only.text)) return only.text
  const messages = turns.map(({ role, text }) => ({ role, content: text }))
  return JSON.stringify(system.length === 0 ? messages : { system: system.join('\n'), messages })
}

/** The prompt with what a service adds when JSON is asked for: it names the keys, and the values they may have. */
export function promptWithFormat(asked: Asked): string {
  if (asked.json === undefined) return promptOf(asked)
  return promptOf({ ...asked, system: [...asked.system, jsonInstruction(asked.json.schema)] })
}

/** All that is counted as the prompt's tokens, but for attachments. */
export function countedText({ system, turns, tools }: Asked): string {
  const texts = [...system, ...turns.map(({ text }) => text)]
  return [...(tools.length === 0 ? [] : [JSON.stringify(tools)]), ...texts].join('\n')
}

/** Collects the beginnings of a prompt that are marked to be cached: tools, system, messages, in that order. */
export class PrefixMarks {
  readonly prefixes: Prefix[] = []
  #text = ''

  add(text: string): void {
    this.#text += `${text}\n`
  }

  addTool(tool: ToolOffer): void {
    this.add(JSON.stringify(tool))
  }

  mark(ttl: unknown): void {
    this.prefixes.push({ text: this.#text, ttl: ttl === '1h' ? '1h' : '5m' })
  }
}

function jsonInstruction(schema: unknown): string {
  const { properties } = (schema ?? {}) as { properties?: Record<string, { enum?: unknown }> }
  const keys = Object.keys(properties ?? {})
  const choices = keys.flatMap((key) => {
    const values = properties?.[key]?.enum
    return Array.isArray(values) ? [`"${key}" is one of: ${values.join(', ')}.`] : []
  })
  const named = keys.length === 0 ? '' : ` with the keys: ${keys.map((key) => `"${key}"`).join(', ')}`
  return [`Answer with JSON only${named}.`, ...choices].join('\n')
}
