import { parse } from 'yaml'

/** One turn of a conversation that is added to a prompt. */
export interface Turn {
  readonly role: 'assistant' | 'user'
  readonly text: string
}

type Message = Readonly<Record<string, unknown>>

/** A prompt that holds a conversation. */
export interface Chat {
  /** The prompt in the form it has, with these turns at the end of its conversation. */
  append(turns: readonly Turn[]): string
}

/** Where an object that is the body of a request keeps its conversation: OpenAI's and Anthropic's, Gemini's. */
const LISTS = ['messages', 'contents'] as const

/** What JSON leaves bare in a text and YAML takes for unprintable. */
const NOT_IN_YAML = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g

/**
 * Reads a prompt as promptfoo's providers do: JSON (a list of `{role, content}` or Gemini's `{role, parts}`, or an object
 * with such a list under `messages` or `contents`), or YAML that begins with `- role:`. Undefined for a prompt that is text.
 */
export function readChat(prompt: string): Chat | undefined {
  return prompt.trimStart().startsWith('- role:') ? readYaml(prompt) : readJson(prompt)
}

function readJson(prompt: string): Chat | undefined {
  const value = attempt(() => JSON.parse(prompt) as unknown)
  const print = (whole: unknown): string => JSON.stringify(whole, null, 2)
  if (isConversation(value)) return { append: (turns) => print([...value, ...messagesOf(turns, value)]) }
  if (!isMessage(value)) return undefined
  for (const key of LISTS) {
    const list = value[key]
    if (!isConversation(list)) continue
    return { append: (turns) => print({ ...value, [key]: [...list, ...messagesOf(turns, list)] }) }
  }
  return undefined
}

/** The text stays as it is written: what is added is in YAML and JSON alike. */
function readYaml(prompt: string): Chat | undefined {
  const append = (turns: readonly Turn[]): string =>
    [prompt.trimEnd(), ...turns.map(({ role, text }) => `- role: ${role}\n  content: ${quoted(text)}`)].join(
      '\n',
    )
  const value = attempt(() => parse(prompt, { logLevel: 'error' }) as unknown)
  const longer = attempt(() => parse(append([{ role: 'user', text: '' }]), { logLevel: 'error' }) as unknown)
  // Not so after an end mark, or where the list is indented.
  const grows = isConversation(value) && isConversation(longer) && longer.length === value.length + 1
  return grows ? { append } : undefined
}

function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(
    NOT_IN_YAML,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** Turns in the form that the conversation has. */
function messagesOf(turns: readonly Turn[], conversation: readonly Message[]): Message[] {
  const like = conversation.findLast(({ role }) => role === 'user') ?? conversation.at(-1) ?? {}
  return turns.map(({ role, text }) => {
    if (Array.isArray(like['parts']))
      return { role: role === 'assistant' ? 'model' : role, parts: [{ text }] }
    return { role, content: holdsUntypedParts(like) ? [{ text }] : text }
  })
}

/** Bedrock's Converse takes nothing but a list of parts; every other protocol with `content` also takes a text. */
function holdsUntypedParts({ content }: Message): boolean {
  return (
    Array.isArray(content) && content.some((part) => isMessage(part) && 'text' in part && !('type' in part))
  )
}

function isConversation(value: unknown): value is readonly Message[] {
  return (
    Array.isArray(value) &&
    value.every(isMessage) &&
    value.some(
      ({ role, content, parts }) =>
        typeof role === 'string' && (content !== undefined || Array.isArray(parts)),
    )
  )
}

function isMessage(value: unknown): value is Message {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
