/** What of a prompt the model was told by its operator, and what by everybody else. */
export interface PromptTurns {
  readonly system: string
  readonly others: string
}

/** Reads chat JSON: a list of messages, or an object with `messages` and maybe `system`. Undefined for any other prompt, or one without a system prompt. */
export function readTurns(prompt: string | undefined): PromptTurns | undefined {
  const parsed = /^\s*[[{]/.test(prompt ?? '') ? parse(prompt ?? '') : undefined
  const outer = Array.isArray(parsed) ? { messages: parsed as unknown } : record(parsed)
  const messages: readonly unknown[] = Array.isArray(outer['messages']) ? outer['messages'] : []
  const system = [textOf(outer['system'])]
  const others: string[] = []
  for (const message of messages) {
    const { role, content } = record(message)
    ;(role === 'system' || role === 'developer' ? system : others).push(textOf(content))
  }
  const told = system.filter((text) => text !== '').join('\n')
  return told === '' ? undefined : { system: told, others: others.join('\n') }
}

/** Text, or parts with text in them. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content
    .map((part: unknown) => (typeof part === 'string' ? part : record(part)['text']))
    .filter((text) => typeof text === 'string')
    .join('\n')
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
