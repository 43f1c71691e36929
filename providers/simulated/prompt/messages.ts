/** One turn of a conversation, its content as plain text. */
export interface Message {
  readonly role: 'system' | 'user' | 'assistant' | 'tool'
  readonly text: string
}

const ROLES = new Set(['system', 'user', 'assistant', 'tool'])

/** A prompt as turns: chat JSON (a list of messages, or an object with `messages` and `system`), else one user turn of text. */
export function readMessages(prompt: string): Message[] {
  const start = prompt.trimStart()[0]
  if (start !== '[' && start !== '{') return [{ role: 'user', text: prompt }]
  const parsed = parseJson(prompt)
  const list = Array.isArray(parsed) ? parsed : field(parsed, 'messages')
  if (!Array.isArray(list) || list.length === 0) return [{ role: 'user', text: prompt }]
  const system = field(parsed, 'system')
  const messages = list.map(readMessage)
  if (messages.some((message) => message === undefined)) return [{ role: 'user', text: prompt }]
  return [
    ...(system === undefined ? [] : [{ role: 'system' as const, text: textOf(system) }]),
    ...messages.filter((message) => message !== undefined),
  ]
}

function readMessage(value: unknown): Message | undefined {
  const role = field(value, 'role')
  if (typeof role !== 'string') return undefined
  const known = role === 'developer' ? 'system' : role
  if (!ROLES.has(known)) return undefined
  return { role: known as Message['role'], text: textOf(field(value, 'content')) }
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (Array.isArray(content)) return content.map(textOf).filter(Boolean).join('\n')
  const text = field(content, 'text') ?? field(content, 'content')
  return text === undefined ? '' : textOf(text)
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
