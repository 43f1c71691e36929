import { z } from 'zod'
import { PrefixMarks } from '../prompt-text.ts'
import type { Asked, ToolOffer, Turn } from '../protocol.ts'
import { invalid } from './dialect.ts'

const cachePoint = z.looseObject({ type: z.literal('default'), ttl: z.enum(['5m', '1h']).optional() })
const resultBlock = z.looseObject({ text: z.string().optional(), json: z.unknown().optional() })
const block = z.looseObject({
  text: z.string().optional(),
  cachePoint: cachePoint.optional(),
  image: z.unknown().optional(),
  document: z.unknown().optional(),
  toolUse: z.looseObject({ toolUseId: z.string(), name: z.string(), input: z.unknown() }).optional(),
  toolResult: z.looseObject({ toolUseId: z.string(), content: z.array(resultBlock) }).optional(),
  guardContent: z.looseObject({ text: z.looseObject({ text: z.string() }).optional() }).optional(),
})
const message = z.looseObject({ role: z.enum(['user', 'assistant']), content: z.array(block) })
const tool = z.looseObject({
  toolSpec: z
    .looseObject({
      name: z.string().regex(/^[\w-]{1,64}$/),
      description: z.string().min(1).optional(),
      inputSchema: z.looseObject({ json: z.unknown() }),
    })
    .optional(),
  cachePoint: cachePoint.optional(),
})
const request = z.looseObject({
  messages: z.array(message).min(1),
  system: z.array(block).optional(),
  inferenceConfig: z
    .looseObject({
      maxTokens: z.int().min(1).optional(),
      temperature: z.number().min(0).max(1).optional(),
      topP: z.number().min(0).max(1).optional(),
      stopSequences: z.array(z.string().min(1)).max(2500).optional(),
    })
    .optional(),
  toolConfig: z
    .looseObject({
      tools: z.array(tool).min(1),
      toolChoice: z
        .looseObject({
          auto: z.unknown().optional(),
          any: z.unknown().optional(),
          tool: z.looseObject({ name: z.string() }).optional(),
        })
        .optional(),
    })
    .optional(),
  outputConfig: z
    .looseObject({
      textFormat: z
        .looseObject({ structure: z.looseObject({ jsonSchema: z.looseObject({ schema: z.string() }) }) })
        .optional(),
    })
    .optional(),
  guardrailConfig: z
    .looseObject({
      guardrailIdentifier: z.string(),
      guardrailVersion: z.string(),
      trace: z.string().optional(),
    })
    .optional(),
  performanceConfig: z.looseObject({ latency: z.enum(['standard', 'optimized']) }).optional(),
  serviceTier: z.looseObject({ type: z.string() }).optional(),
})

type Block = z.infer<typeof block>
type Request = z.infer<typeof request>
type Message = z.infer<typeof message>

/** Reads the body of Converse and of ConverseStream. @throws {WireError} `ValidationException` */
export function readConverse(body: unknown, model: string, isStream: boolean): Asked {
  const parsed = request.safeParse(body)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw invalid(
      `1 validation error detected: Value at '${issue?.path.join('.')}' failed to satisfy constraint: ${issue?.message}`,
    )
  }
  const { messages, system = [], inferenceConfig, toolConfig, outputConfig, ...more } = parsed.data
  checkConversation(messages, toolConfig !== undefined)
  const schema = outputConfig?.textFormat?.structure.jsonSchema.schema
  return {
    model,
    isStream,
    system: system.map(textOf).filter((text) => text !== ''),
    turns: messages.flatMap(turnsOf),
    attachments: messages.flatMap(({ content }) => content.filter(isAttachment)).length,
    tools: (toolConfig?.tools ?? []).flatMap(offerOf),
    toolChoice: choiceOf(toolConfig?.toolChoice),
    json: schema === undefined ? undefined : { schema: parseSchema(schema) },
    maxTokens: inferenceConfig?.maxTokens,
    temperature: inferenceConfig?.temperature,
    stopSequences: inferenceConfig?.stopSequences ?? [],
    prefixes: prefixesOf(parsed.data),
    echoed: {
      performanceConfig: more.performanceConfig,
      serviceTier: more.serviceTier,
      guardrailConfig: more.guardrailConfig,
    },
  }
}

/** The rules that the services check before a model is asked. */
function checkConversation(messages: readonly Message[], hasTools: boolean): void {
  if (messages[0]?.role !== 'user') {
    throw invalid(
      'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
    )
  }
  for (const [index, { role, content }] of messages.entries()) {
    const before = messages[index - 1]
    if (before?.role === role) {
      throw invalid(
        'A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again.',
      )
    }
    if (content.length === 0) {
      throw invalid(
        `The content field in the Message object at messages.${index} is empty. Add a ContentBlock object to the content field and try again.`,
      )
    }
    for (const [at, { text, toolUse, toolResult }] of content.entries()) {
      if (text?.trim() === '') {
        throw invalid(
          `The text field in the ContentBlock object at messages.${index}.content.${at} is blank. Add text to the text field, and try again.`,
        )
      }
      if (!hasTools && (toolUse ?? toolResult) !== undefined) {
        throw invalid(
          'The toolConfig field must be defined when using toolUse and toolResult content blocks.',
        )
      }
    }
    const asked = (before?.content ?? []).flatMap(({ toolUse }) => toolUse?.toolUseId ?? [])
    const answered = new Set(content.map(({ toolResult }) => toolResult?.toolUseId))
    const open = asked.filter((id) => !answered.has(id))
    if (open.length > 0) {
      throw invalid(
        `Expected toolResult blocks at messages.${index}.content for the following Ids: ${open.join(', ')}`,
      )
    }
  }
}

/** Results of tools are turns of their own to the simulated models. */
function turnsOf({ role, content }: Message): Turn[] {
  const results = content.flatMap(({ toolResult }) =>
    toolResult === undefined ? [] : [{ role: 'tool' as const, text: resultText(toolResult.content) }],
  )
  const text = content.map(textOf).filter(Boolean).join('\n')
  return text === '' && results.length > 0 ? results : [...results, { role, text }]
}

function textOf({ text, guardContent }: Block): string {
  return text ?? guardContent?.text?.text ?? ''
}

function resultText(content: readonly z.infer<typeof resultBlock>[]): string {
  return content.map(({ text, json }) => text ?? (json === undefined ? '' : JSON.stringify(json))).join('\n')
}

function isAttachment({ image, document }: Block): boolean {
  return image !== undefined || document !== undefined
}

function offerOf({ toolSpec }: z.infer<typeof tool>): ToolOffer[] {
  if (toolSpec === undefined) return []
  const { name, description, inputSchema } = toolSpec
  return [{ name, description, parameters: inputSchema.json }]
}

function choiceOf(choice: NonNullable<Request['toolConfig']>['toolChoice']): Asked['toolChoice'] {
  if (choice?.tool !== undefined) return { name: choice.tool.name }
  return choice?.any === undefined ? 'auto' : 'any'
}

function parseSchema(schema: string): unknown {
  try {
    return JSON.parse(schema)
  } catch {
    throw invalid('The schema field in the JsonSchemaDefinition object is not valid JSON.')
  }
}

function prefixesOf({ toolConfig, system = [], messages }: Request): Asked['prefixes'] {
  const marks = new PrefixMarks()
  for (const offered of toolConfig?.tools ?? []) {
    for (const offer of offerOf(offered)) marks.addTool(offer)
    if (offered.cachePoint !== undefined) marks.mark(offered.cachePoint.ttl)
  }
  for (const each of [...system, ...messages.flatMap(({ content }) => content)]) {
    if (each.cachePoint === undefined) marks.add(textOf(each) || JSON.stringify(each))
    else marks.mark(each.cachePoint.ttl)
  }
  return marks.prefixes
}
