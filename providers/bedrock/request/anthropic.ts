import type { Part, ToolResult } from '../../chat/chat.ts'
import type { Settings } from '../config/settings.ts'
import type { Tool, ToolChoice } from '../config/tools.ts'
import type { Marked } from './marked.ts'
import { Refused } from './refused.ts'

/** The version that Bedrock knows of Anthropic's messages. */
const VERSION = 'bedrock-2023-05-31'

/** The body has to say how long a reply may be; promptfoo says this much, too. */
const DEFAULT_MAX_TOKENS = 1024

type Block = Record<string, unknown>

/** The body of InvokeModel for Anthropic's models. @throws Refused */
export function anthropicBody(
  { chat, tools: afterTools }: Marked,
  settings: Settings,
): Record<string, unknown> {
  const { temperature, topP, topK, stopSequences = [], tools = [], toolChoice, additional = {} } = settings
  const system = blocksOf(chat.system)
  const told = tools.map(toolBlock)
  if (afterTools) mark(told, afterTools.ttl)
  const config = outputConfigOf(settings)
  return {
    anthropic_version: settings.anthropicVersion ?? VERSION,
    max_tokens: maxTokensOf(settings),
    ...(system.length > 0 && { system }),
    messages: chat.turns.map(({ role, parts }) => ({ role, content: blocksOf(parts) })),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...(topK !== undefined && { top_k: topK }),
    ...(stopSequences.length > 0 && { stop_sequences: stopSequences }),
    ...(told.length > 0 && { tools: told }),
    ...(told.length > 0 && toolChoice !== undefined && { tool_choice: choiceOf(toolChoice) }),
    ...(config && { output_config: config }),
    ...additional,
  }
}

function toolBlock({ name, description, input, strict }: Tool): Block {
  return {
    name,
    ...(description !== undefined && { description }),
    input_schema: input,
    ...(strict === true && { strict }),
  }
}

/** Thinking takes its tokens from those of the reply: a budget as large as that would leave none. */
function maxTokensOf({ maxTokens = DEFAULT_MAX_TOKENS, additional }: Settings): number {
  const budget = (additional?.['thinking'] as { budget_tokens?: unknown } | undefined)?.budget_tokens
  return typeof budget === 'number' && maxTokens <= budget ? budget + DEFAULT_MAX_TOKENS : maxTokens
}

function outputConfigOf({ outputSchema, effort }: Settings): Block | undefined {
  if (outputSchema === undefined && effort === undefined) return undefined
  return {
    ...(outputSchema && {
      format: { type: 'json_schema', schema: JSON.parse(outputSchema.schema) as unknown },
    }),
    ...(effort !== undefined && { effort }),
  }
}

function choiceOf(choice: ToolChoice): Block {
  return typeof choice === 'string' ? { type: choice } : { type: 'tool', name: choice.tool }
}

/** A cache point is a mark on the block before it. */
function blocksOf(parts: readonly Part[]): Block[] {
  const blocks: Block[] = []
  for (const part of parts) {
    if (part.kind === 'cache-point') mark(blocks, part.ttl)
    else blocks.push(blockOf(part))
  }
  return blocks
}

function mark(blocks: Block[], ttl: '5m' | '1h' | undefined): void {
  const last = blocks.at(-1)
  if (last) last['cache_control'] = { type: 'ephemeral', ...(ttl !== undefined && { ttl }) }
}

function blockOf(part: Exclude<Part, { kind: 'cache-point' }>): Block {
  const { kind } = part
  if (kind === 'text') return { type: 'text', text: part.text }
  if (kind === 'image') return { type: 'image', source: sourceOf(part.mediaType, part.data) }
  if (kind === 'tool-call') return { type: 'tool_use', id: part.id, name: part.name, input: part.input }
  if (kind === 'tool-result') return resultOf(part)
  const { mediaType, name, data } = part
  const source = mediaType.startsWith('text/')
    ? { type: 'text', media_type: 'text/plain', data: new TextDecoder().decode(data) }
    : sourceOf(mediaType, data)
  return { type: 'document', title: name, source }
}

function resultOf({ id, output, isError }: ToolResult): Block {
  return {
    type: 'tool_result',
    tool_use_id: id,
    content: output.map(blockOf),
    ...(isError === true && { is_error: true }),
  }
}

function sourceOf(mediaType: string, data: Uint8Array | undefined): Block {
  if (data === undefined)
    throw new Refused('an image is given by its address, which Bedrock does not fetch: give its bytes')
  return { type: 'base64', media_type: mediaType, data: Buffer.from(data).toString('base64') }
}
