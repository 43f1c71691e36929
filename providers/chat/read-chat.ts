import { parse } from 'yaml'
import type { CachePoint, Chat, Part, TextPart, Turn } from './chat.ts'
import type { Block } from './read-part.ts'
import { isBlock, partsOf, textPart, toolCall, toolResult } from './read-part.ts'

type SystemPart = TextPart | CachePoint

/** Who speaks, by the words of every vendor. */
const ROLES: Readonly<Record<string, 'system' | 'user' | 'assistant' | 'tool'>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  human: 'user',
  assistant: 'assistant',
  model: 'assistant',
  tool: 'tool',
  function: 'tool',
}

/** Where a whole request body was written: the messages, and what it may have beside them. */
const ENVELOPES: readonly { readonly messages: string; readonly system: readonly string[] }[] = [
  { messages: 'messages', system: ['system'] },
  { messages: 'contents', system: ['systemInstruction', 'system_instruction'] },
]

/**
 * Reads a prompt as a chat: JSON in the form of OpenAI, Anthropic, Bedrock's Converse or Gemini, or YAML that begins with
 * `- role:`. Whatever is not wholly of one of these forms is the text it is, said by the user. Lone surrogates become U+FFFD.
 * @param system said before whatever the prompt itself says as the system
 */
export function readChat(prompt: string, system?: string): Chat {
  const chat = chatIn(prompt) ?? { system: [], turns: [{ role: 'user', parts: [textPart(prompt)] }] }
  if (system === undefined || system === '') return chat
  return { ...chat, system: [textPart(system), ...chat.system] }
}

function chatIn(prompt: string): Chat | undefined {
  const data = dataIn(prompt)
  if (Array.isArray(data)) return chatOf(data)
  if (!isBlock(data)) return undefined
  for (const { messages, system } of ENVELOPES) {
    const list = data[messages]
    if (!Array.isArray(list) || !Object.keys(data).every((key) => [messages, ...system].includes(key)))
      continue
    const chat = chatOf(list)
    const said = system.map((key) => data[key]).find((value) => value !== undefined)
    return chat && { ...chat, system: [...systemParts(said), ...chat.system] }
  }
  return undefined
}

function dataIn(prompt: string): unknown {
  const text = prompt.trim()
  try {
    if (text.startsWith('[') || text.startsWith('{')) {
      const escaped = /\\ud[89a-f]/i.test(text)
      return escaped ? JSON.parse(text, (_, value: unknown) => wellFormed(value)) : JSON.parse(text)
    }
    return text.startsWith('- role:') ? parse(text) : undefined
  } catch {
    return undefined
  }
}

function wellFormed(value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value
}

/** Undefined unless every entry is a message. */
function chatOf(messages: readonly unknown[]): Chat | undefined {
  if (messages.length === 0 || !messages.every(isMessage)) return undefined
  const system: SystemPart[] = []
  const turns: Turn[] = []
  for (const message of messages) {
    const { role: name } = message
    const role = typeof name === 'string' ? ROLES[name] : 'user'
    if (role === 'system') system.push(...systemParts(contentOf(message)))
    else if (role === 'tool') turns.push({ role: 'user', parts: toolAnswer(message) })
    else if (role !== undefined) turns.push({ role, parts: [...contentParts(message), ...callsOf(message)] })
  }
  return { system, turns }
}

/** Gemini lets the role out where there is one turn. */
function isMessage(value: unknown): value is Block {
  if (!isBlock(value)) return false
  const { role, content, parts } = value
  if (role === undefined) return Array.isArray(parts)
  if (typeof role !== 'string' || !Object.hasOwn(ROLES, role)) return false
  if (Array.isArray(parts) || typeof content === 'string' || isBlock(content)) return true
  if (Array.isArray(content)) return content.every((piece) => typeof piece === 'string' || isBlock(piece))
  return content === null || Array.isArray(value['tool_calls'])
}

function contentOf(message: Block): unknown {
  return message['content'] ?? message['parts']
}

function contentParts(message: Block): readonly Part[] {
  return partsIn(contentOf(message))
}

function partsIn(content: unknown): readonly Part[] {
  if (content === undefined || content === null) return []
  return Array.isArray(content) ? content.flatMap(partsOf) : partsOf(content)
}

/** A text, a list of texts and cache points, or Gemini's `{parts}`. */
function systemParts(said: unknown): SystemPart[] {
  const content = isBlock(said) && Array.isArray(said['parts']) ? said['parts'] : said
  return partsIn(content).filter((part) => part.kind === 'text' || part.kind === 'cache-point')
}

function callsOf(message: Block): readonly Part[] {
  const calls = message['tool_calls']
  const legacy = message['function_call']
  const named = isBlock(legacy) ? [{ id: legacy['name'], function: legacy }] : []
  return [...(Array.isArray(calls) ? (calls as unknown[]) : []), ...named].filter(isBlock).map((call) => {
    const made = isBlock(call['function']) ? call['function'] : call
    return toolCall(call['id'], made['name'], made['arguments'])
  })
}

/** OpenAI's answer of a tool; one in the words of another vendor already says whom it answers. */
function toolAnswer(message: Block): readonly Part[] {
  const content = contentOf(message)
  const told = contentParts(message)
  if (told.some(({ kind }) => kind === 'tool-result')) return told
  const { name } = message
  return [toolResult(message['tool_call_id'] ?? name, content, typeof name === 'string' ? { name } : {})]
}
