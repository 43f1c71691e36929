import type { Usage } from '../../../harness/model/usage.ts'
import type { Fields } from '../../shared/fields.ts'
import { fieldsOf } from '../../shared/fields.ts'
import type { Gathering } from './gathered.ts'
import { anthropicUsage } from './usage.ts'

/** Reads a message of Anthropic's, whole. */
export function readMessage(message: unknown, gathering: Gathering): void {
  const { content, stop_reason: stopReason, usage } = fieldsOf(message)
  const blocks: readonly unknown[] = Array.isArray(content) ? content : []
  for (const [index, each] of blocks.entries()) {
    const block = fieldsOf(each)
    if (block['type'] === 'text') gathering.textBlock(String(block['text']))
    else startBlock(index, block, gathering)
    if (block['type'] === 'tool_use') gathering.toolInput(index, JSON.stringify(block['input'] ?? {}))
  }
  if (typeof stopReason === 'string') gathering.stopReason = stopReason
  gathering.usage = anthropicUsage(usage)
}

/** Reads one event of a message that is streamed. @throws Error that has the name of what went wrong in its midst */
export function readMessageEvent(event: unknown, gathering: Gathering): void {
  const { type, index, message, content_block: block, delta, usage, error } = fieldsOf(event)
  const at = Number(index ?? 0)
  if (type === 'error') {
    const { type: name, message: text } = fieldsOf(error)
    throw Object.assign(new Error(String(text)), { type: name })
  }
  if (type === 'message_start') gathering.usage = anthropicUsage(fieldsOf(message)['usage'])
  else if (type === 'content_block_start') startBlock(at, fieldsOf(block), gathering)
  else if (type === 'content_block_delta') readDelta(at, fieldsOf(delta), gathering)
  else if (type === 'message_delta') {
    const { stop_reason: stopReason } = fieldsOf(delta)
    if (typeof stopReason === 'string') gathering.stopReason = stopReason
    gathering.usage = later(gathering.usage, fieldsOf(usage))
  }
}

/** Counts come at the beginning and at the end; what the end says is the whole. */
function later(before: Usage | undefined, usage: Fields): Usage | undefined {
  const after = anthropicUsage(usage)
  if (after === undefined || before === undefined) return after ?? before
  return { ...before, ...after, input: usage['input_tokens'] === undefined ? before.input : after.input }
}

function startBlock(
  index: number,
  { type, text, thinking, signature, id, name }: Fields,
  gathering: Gathering,
): void {
  if (type === 'text') gathering.text(String(text))
  else if (type === 'tool_use') gathering.tool(index, String(id), String(name))
  else if (type === 'redacted_thinking') gathering.reasoning(index, { isRedacted: true })
  else if (type === 'thinking' && thinking !== '') {
    gathering.reasoning(index, {
      text: String(thinking),
      ...(typeof signature === 'string' && { signature }),
    })
  }
}

function readDelta(index: number, { type, ...piece }: Fields, gathering: Gathering): void {
  if (type === 'text_delta') gathering.text(String(piece['text']))
  else if (type === 'input_json_delta') gathering.toolInput(index, String(piece['partial_json']))
  else if (type === 'thinking_delta') gathering.reasoning(index, { text: String(piece['thinking']) })
  else if (type === 'signature_delta') gathering.reasoning(index, { signature: String(piece['signature']) })
}
