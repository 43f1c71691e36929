import type { CachePoint, Chat, DocumentPart, ImagePart, Part, ToolResult, Turn } from '../../chat/chat.ts'
import type { Message, ProviderOptions } from '../language-model.ts'

type UserPart = Extract<Message, { role: 'user' }>['content'][number]
type AssistantPart = Extract<Message, { role: 'assistant' }>['content'][number]
type ToolPart = Extract<Message, { role: 'tool' }>['content'][number]
type File = Extract<UserPart, { type: 'file' }>
type ToolOutput = Extract<ToolPart, { type: 'tool-result' }>['output']

/** A prompt as the AI SDK's models take it. Cache points become marks on what stands before them: Anthropic's way. */
export function promptOf({ system, turns }: Chat): Message[] {
  const messages: Message[] = []
  for (const part of system) {
    const last = messages.at(-1)
    if (part.kind === 'text') messages.push({ role: 'system', content: part.text })
    else if (last !== undefined) last.providerOptions = markOf(part)
  }
  const names = namesOfCalls(turns)
  for (const turn of turns) messages.push(...(turn.role === 'user' ? said(turn, names) : answered(turn)))
  return messages
}

/** What tools answered comes in messages of its own, in the order in which it was written. */
function said({ parts }: Turn, names: ReadonlyMap<string, string>): Message[] {
  const messages: (Extract<Message, { role: 'user' }> | Extract<Message, { role: 'tool' }>)[] = []
  for (const part of parts) {
    const last = messages.at(-1)
    if (part.kind === 'tool-result') {
      const content = toolPart(part, names)
      if (last?.role === 'tool') last.content.push(content)
      else messages.push({ role: 'tool', content: [content] })
    } else if (part.kind === 'cache-point') {
      mark(last?.content.at(-1), part)
    } else {
      const content = userPart(part)
      if (content === undefined) continue
      if (last?.role === 'user') last.content.push(content)
      else messages.push({ role: 'user', content: [content] })
    }
  }
  return messages
}

function answered({ parts }: Turn): Message[] {
  const content: AssistantPart[] = []
  for (const part of parts) {
    if (part.kind === 'text') content.push({ type: 'text', text: part.text })
    else if (part.kind === 'image' || part.kind === 'document') content.push(fileOf(part))
    else if (part.kind === 'cache-point') mark(content.at(-1), part)
    else if (part.kind === 'tool-call')
      content.push({ type: 'tool-call', toolCallId: part.id, toolName: part.name, input: part.input })
  }
  return content.length === 0 ? [] : [{ role: 'assistant', content }]
}

function userPart(part: Part): UserPart | undefined {
  if (part.kind === 'text') return { type: 'text', text: part.text }
  if (part.kind === 'image' || part.kind === 'document') return fileOf(part)
  return undefined
}

function fileOf(part: ImagePart | DocumentPart): File {
  const url = part.kind === 'image' ? part.url : undefined
  const data = part.data ?? new Uint8Array()
  return {
    type: 'file',
    mediaType: part.mediaType,
    data: url === undefined ? { type: 'data', data } : { type: 'url', url: new URL(url) },
    ...(part.kind === 'document' && { filename: part.name }),
  }
}

function toolPart({ id, name, output, isError }: ToolResult, names: ReadonlyMap<string, string>): ToolPart {
  return {
    type: 'tool-result',
    toolCallId: id,
    // Gemini knows an answer by the name of the tool.
    toolName: name ?? names.get(id) ?? id,
    output: toolOutput(output, isError === true),
  }
}

function toolOutput(output: ToolResult['output'], isError: boolean): ToolOutput {
  if (output.every((part) => part.kind === 'text')) {
    const value = output.map(({ text }) => text).join('\n')
    return isError ? { type: 'error-text', value } : { type: 'text', value }
  }
  const value = output.map((part) =>
    part.kind === 'text' ? { type: 'text' as const, text: part.text } : fileOf(part),
  )
  return { type: 'content', value }
}

function namesOfCalls(turns: readonly Turn[]): ReadonlyMap<string, string> {
  const calls = turns.flatMap(({ parts }) => parts).filter((part) => part.kind === 'tool-call')
  return new Map(calls.map(({ id, name }) => [id, name]))
}

function mark(part: { providerOptions?: ProviderOptions } | undefined, point: CachePoint): void {
  if (part !== undefined) part.providerOptions = markOf(point)
}

export function markOf({ ttl }: Pick<CachePoint, 'ttl'>): ProviderOptions {
  return { anthropic: { cacheControl: { type: 'ephemeral', ...(ttl !== undefined && { ttl }) } } }
}
