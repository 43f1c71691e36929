import { z } from 'zod'
import type { Asked, ToolOffer, Turn } from '../protocol.ts'
import { WireError } from '../protocol.ts'

const part = z.looseObject({ type: z.string(), text: z.string().optional() })
const content = z.union([z.string(), z.array(part)]).nullish()
const message = z.looseObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool', 'function']),
  content,
})
const tool = z.looseObject({
  type: z.literal('function'),
  function: z.looseObject({
    name: z.string().min(1),
    description: z.string().optional(),
    parameters: z.unknown().optional(),
  }),
})
const body = z.looseObject({
  model: z.string().min(1),
  messages: z.array(message).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().nullish() }).nullish(),
  max_tokens: z.int().min(1).nullish(),
  max_completion_tokens: z.int().min(1).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).nullish(),
  tools: z.array(tool).nullish(),
  tool_choice: z
    .union([
      z.enum(['auto', 'none', 'required']),
      z.looseObject({ function: z.looseObject({ name: z.string() }) }),
    ])
    .nullish(),
  response_format: z
    .looseObject({ type: z.string(), json_schema: z.looseObject({ schema: z.unknown() }).optional() })
    .nullish(),
  service_tier: z.string().nullish(),
})

type Body = z.infer<typeof body>

/** Models that think whatever they are asked, and then draw their words in one way only. */
const ALWAYS_THINKING = /^(?:o\d|gpt-5(?:-(?:mini|nano|\d)|$))/

/** Models that know the longest reply by its newer name only. */
const REASONING = /^(?:o\d|gpt-[5-9])/

/** Reads the body of a chat completion. @throws {WireError} `invalid_request_error` */
export function readChat(given: unknown): Asked {
  const parsed = body.safeParse(given)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const param = pathText(issue?.path ?? [])
    throw invalid(`Invalid value for '${param}': ${issue?.message}`, param, 'invalid_value')
  }
  const { model, max_tokens: longest, max_completion_tokens: newer, messages, ...more } = parsed.data
  if (longest != null && REASONING.test(model)) {
    throw invalid(
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      'max_tokens',
      'unsupported_parameter',
    )
  }
  const { temperature } = more
  if (temperature != null && temperature !== 1 && ALWAYS_THINKING.test(model)) {
    throw invalid(
      `Unsupported value: 'temperature' does not support ${temperature} with this model. Only the default (1) value is supported.`,
      'temperature',
      'unsupported_value',
    )
  }
  const spoken = messages.filter(({ role }) => !isSystem(role))
  const { response_format: format, stop } = more
  return {
    model,
    isStream: more.stream === true,
    system: messages.filter(({ role }) => isSystem(role)).map((each) => textOf(each.content)),
    turns: spoken.map(turnOf),
    attachments: spoken.flatMap((each) => attachmentsOf(each.content)).length,
    tools: (more.tools ?? []).map(offerOf),
    toolChoice: choiceOf(more.tool_choice),
    json: format == null || format.type === 'text' ? undefined : { schema: format.json_schema?.schema },
    maxTokens: newer ?? longest ?? undefined,
    temperature: temperature ?? undefined,
    stopSequences: typeof stop === 'string' ? [stop] : (stop ?? []),
    prefixes: [],
    echoed: {
      includeUsage: more.stream_options?.include_usage === true,
      serviceTier: more.service_tier ?? 'default',
    },
  }
}

function invalid(message: string, param: string, code: string): WireError {
  return new WireError(400, 'invalid_request_error', message, { param, code })
}

/** `messages[0].role` */
function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .slice(1)
}

function isSystem(role: string): boolean {
  return role === 'system' || role === 'developer'
}

function turnOf({ role, content }: Body['messages'][number]): Turn {
  const isTool = role === 'tool' || role === 'function'
  return { role: isTool ? 'tool' : role === 'assistant' ? 'assistant' : 'user', text: textOf(content) }
}

function textOf(content: Body['messages'][number]['content']): string {
  if (!Array.isArray(content)) return content ?? ''
  return content.flatMap(({ text }) => text ?? []).join('\n')
}

function attachmentsOf(content: Body['messages'][number]['content']): unknown[] {
  return Array.isArray(content) ? content.filter(({ text }) => text === undefined) : []
}

function offerOf({ function: { name, description, parameters } }: z.infer<typeof tool>): ToolOffer {
  return { name, description, parameters }
}

function choiceOf(choice: Body['tool_choice']): Asked['toolChoice'] {
  if (typeof choice === 'object' && choice !== null) return { name: choice.function.name }
  return choice === 'required' ? 'any' : (choice ?? 'auto')
}
