import type {
  ConverseStreamRequest,
  Tool as ToolBlock,
  ToolConfiguration,
} from '@aws-sdk/client-bedrock-runtime'
import type { Chat } from '../../chat/chat.ts'
import type { Settings } from '../config/settings.ts'
import type { ModelName } from '../model/model-name.ts'
import { additionalFields } from './additional.ts'
import { cachePointBlock, contentBlock, textBlock } from './content-blocks.ts'
import type { Marked } from './marked.ts'

/** The request of ConverseStream; Converse's is the same, but for how its guardrail works. @throws Refused */
export function converseRequest(
  name: ModelName,
  marked: Marked,
  settings: Settings,
  isStream: boolean,
): ConverseStreamRequest {
  const { chat } = marked
  const { guardrail, latency, serviceTier, responsePaths, requestMetadata } = settings
  const inferenceConfig = inferenceOf(settings)
  const toolConfig = toolConfigOf(settings, marked)
  const outputConfig = outputConfigOf(settings)
  const additional = additionalFields(name, settings)
  return {
    modelId: name.asked,
    messages: chat.turns.map(({ role, parts }) => ({ role, content: parts.map(contentBlock) })),
    ...(chat.system.length > 0 && { system: chat.system.map(textBlock) }),
    ...(inferenceConfig && { inferenceConfig }),
    ...(toolConfig && { toolConfig }),
    ...(outputConfig && { outputConfig }),
    ...(guardrail && {
      guardrailConfig: {
        guardrailIdentifier: guardrail.id,
        guardrailVersion: guardrail.version,
        ...(guardrail.trace && { trace: guardrail.trace }),
        ...(isStream && guardrail.streamMode && { streamProcessingMode: guardrail.streamMode }),
      },
    }),
    ...(additional && { additionalModelRequestFields: additional }),
    ...(responsePaths && { additionalModelResponseFieldPaths: [...responsePaths] }),
    ...(requestMetadata && { requestMetadata }),
    ...(latency && { performanceConfig: { latency } }),
    ...(serviceTier && { serviceTier: { type: serviceTier } }),
  }
}

export function inferenceOf({
  maxTokens,
  temperature,
  topP,
  stopSequences,
}: Settings): ConverseStreamRequest['inferenceConfig'] {
  const fields = {
    ...(maxTokens !== undefined && { maxTokens }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(stopSequences !== undefined && stopSequences.length > 0 && { stopSequences: [...stopSequences] }),
  }
  return Object.keys(fields).length === 0 ? undefined : fields
}

/**
 * Converse has no word for tools that may not be used: they are left out. Not where the chat has calls of tools, which it takes
 * only with the tools.
 */
export function toolConfigOf(
  { tools = [], toolChoice }: Settings,
  marked: Marked,
): ToolConfiguration | undefined {
  if (tools.length === 0 || (toolChoice === 'none' && !hasCalls(marked.chat))) return undefined
  const blocks = tools.map(({ name, description, input, strict }) => ({
    toolSpec: {
      name,
      ...(description !== undefined && { description }),
      inputSchema: { json: input },
      ...(strict === true && { strict }),
    },
  })) as ToolBlock[]
  if (marked.tools) blocks.push({ cachePoint: cachePointBlock(marked.tools) })
  return {
    tools: blocks,
    ...(toolChoice === 'auto' && { toolChoice: { auto: {} } }),
    ...(toolChoice === 'any' && { toolChoice: { any: {} } }),
    ...(typeof toolChoice === 'object' && { toolChoice: { tool: { name: toolChoice.tool } } }),
  }
}

function hasCalls({ turns }: Chat): boolean {
  return turns.some(({ parts }) => parts.some(({ kind }) => kind === 'tool-call' || kind === 'tool-result'))
}

function outputConfigOf({ outputSchema, effort }: Settings): ConverseStreamRequest['outputConfig'] {
  if (outputSchema === undefined && effort === undefined) return undefined
  return {
    ...(outputSchema && { textFormat: { type: 'json_schema', structure: { jsonSchema: outputSchema } } }),
    ...(effort !== undefined && { effort }),
  }
}
