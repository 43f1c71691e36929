import { z } from 'zod'
import { PrefixMarks } from '../prompt-text.ts'
import type { Asked, ToolOffer, Turn } from '../protocol.ts'

const cacheControl = z
  .looseObject({ type: z.literal('ephemeral'), ttl: z.enum(['5m', '1h']).optional() })
  .nullish()
const textBlock = z.looseObject({
  type: z.literal('text'),
  text: z.string().min(1),
  cache_control: cacheControl,
})
const block = z.discriminatedUnion('type', [
  textBlock,
  z.looseObject({ type: z.literal('image'), cache_control: cacheControl }),
  z.looseObject({ type: z.literal('document'), cache_control: cacheControl }),
  z.looseObject({ type: z.literal('thinking'), cache_control: cacheControl }),
  z.looseObject({ type: z.literal('redacted_thinking'), cache_control: cacheControl }),
  z.looseObject({
    type: z.literal('tool_use'),
    id: z.string(),
    name: z.string(),
    input: z.record(z.string(), z.unknown()),
    cache_control: cacheControl,
  }),
  z.looseObject({
    type: z.literal('tool_result'),
    tool_use_id: z.string(),
    content: z.union([z.string(), z.array(z.looseObject({ text: z.string().optional() }))]).optional(),
    cache_control: cacheControl,
  }),
])
const message = z.looseObject({
  role: z.enum(['user', 'assistant']),
  content: z.union([z.string().min(1), z.array(block).min(1)]),
})
const tool = z.looseObject({
  name: z.string(),
  description: z.string().optional(),
  input_schema: z.unknown().optional(),
  cache_control: cacheControl,
})

/** What the Messages API and the body of InvokeModel have in common. */
export const messagesBody = z.object({
  max_tokens: z.int().min(1),
  messages: z
    .array(message)
    .min(1)
    .refine(([first]) => first?.role === 'user', 'first message must use the "user" role'),
  system: z.union([z.string(), z.array(textBlock)]).optional(),
  temperature: z.number().min(0).max(1).optional(),
  top_p: z.number().min(0).max(1).optional(),
  stop_sequences: z.array(z.string().min(1)).optional(),
  tools: z.array(tool).optional(),
  tool_choice: z
    .looseObject({ type: z.enum(['auto', 'any', 'tool', 'none']), name: z.string().optional() })
    .optional(),
  output_config: z.looseObject({ format: z.looseObject({ schema: z.unknown() }).nullish() }).optional(),
  thinking: z.looseObject({ type: z.string(), budget_tokens: z.int().min(1024).optional() }).optional(),
  service_tier: z.string().optional(),
})

/** What the API asks of a model that is to think. */
export function checkThinking(
  { thinking, max_tokens, temperature = 1 }: MessagesBody,
  context: z.RefinementCtx,
): void {
  if (thinking === undefined || thinking.type === 'disabled') return
  const refuse = (field: string, message: string): void =>
    context.addIssue({ code: 'custom', path: [field], message })
  if ((thinking.budget_tokens ?? 0) >= max_tokens)
    refuse('max_tokens', '`max_tokens` must be greater than `thinking.budget_tokens`.')
  if (temperature !== 1) refuse('temperature', '`temperature` may only be set to 1 when thinking is enabled.')
}

type MessagesBody = z.infer<typeof messagesBody>
type Block = z.infer<typeof block>

/** The first mistake in a body, in Anthropic's words. */
export function issueText({ issues: [issue] }: z.ZodError): string {
  const path = issue?.path.join('.') ?? ''
  const isMissing = issue?.code === 'invalid_type' && issue.message.endsWith('received undefined')
  return `${path}: ${isMissing ? 'Field required' : (issue?.message ?? 'not valid')}`
}

/** Reads what is asked, wherever the model and the kind of reply are told. */
export function readMessagesBody(body: MessagesBody, model: string, isStream: boolean): Asked {
  const { messages, system = [], tools = [], tool_choice: choice, output_config: output } = body
  const format = output?.format
  return {
    model,
    isStream,
    system: typeof system === 'string' ? [system] : system.map(({ text }) => text),
    turns: messages.flatMap(turnsOf),
    attachments: messages.flatMap(({ content }) => blocksOf(content).filter(isAttachment)).length,
    tools: tools.map(offerOf),
    toolChoice: choice?.type === 'tool' ? { name: choice.name ?? '' } : (choice?.type ?? 'auto'),
    json: format == null ? undefined : { schema: format.schema },
    maxTokens: body.max_tokens,
    temperature: body.temperature,
    stopSequences: body.stop_sequences ?? [],
    prefixes: prefixesOf(body),
    echoed: { serviceTier: body.service_tier },
  }
}

function turnsOf({ role, content }: MessagesBody['messages'][number]): Turn[] {
  const blocks = blocksOf(content)
  const results = blocks.flatMap((each) =>
    each.type === 'tool_result' ? [{ role: 'tool' as const, text: resultText(each.content) }] : [],
  )
  const text = blocks.flatMap((each) => (each.type === 'text' ? [each.text] : [])).join('\n')
  return text === '' && results.length > 0 ? results : [...results, { role, text }]
}

function blocksOf(content: string | Block[]): Block[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content
}

function resultText(content: string | readonly { text?: string | undefined }[] = ''): string {
  return typeof content === 'string' ? content : content.map(({ text }) => text ?? '').join('\n')
}

function isAttachment({ type }: Block): boolean {
  return type === 'image' || type === 'document'
}

function offerOf({ name, description, input_schema: parameters }: z.infer<typeof tool>): ToolOffer {
  return { name, description, parameters }
}

function prefixesOf({ tools = [], system = [], messages }: MessagesBody): Asked['prefixes'] {
  const marks = new PrefixMarks()
  for (const offered of tools) {
    marks.addTool(offerOf(offered))
    if (offered.cache_control != null) marks.mark(offered.cache_control.ttl)
  }
  const blocks = messages.flatMap(({ content }) => blocksOf(content))
  for (const each of [...blocksOf(typeof system === 'string' ? system : [...system]), ...blocks]) {
    marks.add(each.type === 'text' ? each.text : JSON.stringify(each))
    if (each.cache_control != null) marks.mark(each.cache_control.ttl)
  }
  return marks.prefixes
}
