import { z } from 'zod'
import type { Asked, ToolOffer, Turn } from '../protocol.ts'
import { WireError } from '../protocol.ts'

const part = z.looseObject({
  text: z.string().optional(),
  thought: z.boolean().optional(),
  inlineData: z.unknown().optional(),
  fileData: z.unknown().optional(),
  functionCall: z.looseObject({ name: z.string() }).optional(),
  functionResponse: z.looseObject({ name: z.string(), response: z.unknown() }).optional(),
})
const content = z.looseObject({
  role: z.enum(['user', 'model', 'function']).optional(),
  parts: z.array(part),
})
const declaration = z.looseObject({
  name: z.string().min(1),
  description: z.string().optional(),
  parameters: z.unknown().optional(),
  parametersJsonSchema: z.unknown().optional(),
})
const body = z.looseObject({
  contents: z.array(content).min(1, 'contents is not specified'),
  systemInstruction: content.optional(),
  generationConfig: z
    .looseObject({
      maxOutputTokens: z.int().min(1).optional(),
      temperature: z.number().min(0).max(2).optional(),
      topP: z.number().optional(),
      stopSequences: z.array(z.string()).max(5).optional(),
      responseMimeType: z.string().optional(),
      responseSchema: z.unknown().optional(),
      responseJsonSchema: z.unknown().optional(),
    })
    .optional(),
  tools: z.array(z.looseObject({ functionDeclarations: z.array(declaration).optional() })).optional(),
  toolConfig: z
    .looseObject({
      functionCallingConfig: z
        .looseObject({ mode: z.string().optional(), allowedFunctionNames: z.array(z.string()).optional() })
        .optional(),
    })
    .optional(),
})

type Body = z.infer<typeof body>
type Part = z.infer<typeof part>

/** Reads the body of generateContent and of streamGenerateContent. @throws {WireError} `INVALID_ARGUMENT` */
export function readGenerate(given: unknown, model: string, isStream: boolean): Asked {
  const parsed = body.safeParse(given)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new WireError(
      400,
      'INVALID_ARGUMENT',
      `* GenerateContentRequest.${issue?.path.join('.')}: ${issue?.message}`,
    )
  }
  const { contents, systemInstruction, generationConfig = {}, tools = [], toolConfig } = parsed.data
  const { responseMimeType, responseSchema, responseJsonSchema } = generationConfig
  return {
    model,
    isStream,
    system: systemInstruction === undefined ? [] : [textOf(systemInstruction.parts)],
    turns: contents.flatMap(turnsOf),
    attachments: contents.flatMap(({ parts }) => parts.filter(isAttachment)).length,
    tools: tools.flatMap(({ functionDeclarations = [] }) => functionDeclarations.map(offerOf)),
    toolChoice: choiceOf(toolConfig?.functionCallingConfig),
    json:
      responseMimeType === 'application/json' ? { schema: responseJsonSchema ?? responseSchema } : undefined,
    maxTokens: generationConfig.maxOutputTokens,
    temperature: generationConfig.temperature,
    stopSequences: generationConfig.stopSequences ?? [],
    prefixes: [],
    echoed: {},
  }
}

function turnsOf({ role, parts }: z.infer<typeof content>): Turn[] {
  const results = parts.flatMap(({ functionResponse }) =>
    functionResponse === undefined
      ? []
      : [{ role: 'tool' as const, text: JSON.stringify(functionResponse.response) }],
  )
  const text = textOf(parts)
  if (text === '' && results.length > 0) return results
  return [...results, { role: role === 'model' ? 'assistant' : 'user', text }]
}

function textOf(parts: readonly Part[]): string {
  return parts.flatMap(({ text, thought }) => (thought === true ? [] : (text ?? []))).join('\n')
}

function isAttachment({ inlineData, fileData }: Part): boolean {
  return inlineData !== undefined || fileData !== undefined
}

function offerOf({ name, description, ...schemas }: z.infer<typeof declaration>): ToolOffer {
  return { name, description, parameters: schemas.parametersJsonSchema ?? schemas.parameters }
}

function choiceOf(config: NonNullable<Body['toolConfig']>['functionCallingConfig']): Asked['toolChoice'] {
  const { mode, allowedFunctionNames = [] } = config ?? {}
  if (mode === 'NONE') return 'none'
  if (mode !== 'ANY') return 'auto'
  const [only, ...others] = allowedFunctionNames
  return only === undefined || others.length > 0 ? 'any' : { name: only }
}
