import type { Fields } from '../../shared/fields.ts'
import { fieldsOf } from '../../shared/fields.ts'
import type { Gathering } from './gathered.ts'
import { converseUsage } from './usage.ts'

/** Reads the reply of Converse, and of Nova asked by InvokeModel. */
export function readConverse(response: unknown, gathering: Gathering): void {
  const { output, stopReason, additionalModelResponseFields } = fieldsOf(response)
  const { content } = fieldsOf(fieldsOf(output)['message'])
  const blocks: readonly unknown[] = Array.isArray(content) ? content : []
  for (const [index, block] of blocks.entries()) readBlock(index, fieldsOf(block), gathering)
  if (typeof stopReason === 'string') gathering.stopReason = stopReason
  gathering.additional = additionalModelResponseFields
  readMetadata(fieldsOf(response), gathering)
}

/** Reads one event of ConverseStream, or one chunk of Nova's stream, which are alike. */
export function readConverseEvent(event: unknown, gathering: Gathering): void {
  const { contentBlockStart, contentBlockDelta, messageStop, metadata } = fieldsOf(event)
  if (contentBlockStart !== undefined) {
    const { contentBlockIndex, start } = fieldsOf(contentBlockStart)
    const { toolUse } = fieldsOf(start)
    if (toolUse !== undefined) startTool(Number(contentBlockIndex ?? 0), fieldsOf(toolUse), gathering)
  } else if (contentBlockDelta !== undefined) {
    const { contentBlockIndex, delta } = fieldsOf(contentBlockDelta)
    readDelta(Number(contentBlockIndex ?? 0), fieldsOf(delta), gathering)
  } else if (messageStop !== undefined) {
    const { stopReason, additionalModelResponseFields } = fieldsOf(messageStop)
    if (typeof stopReason === 'string') gathering.stopReason = stopReason
    gathering.additional = additionalModelResponseFields
  } else if (metadata !== undefined) readMetadata(fieldsOf(metadata), gathering)
}

function readBlock(index: number, block: Fields, gathering: Gathering): void {
  const { text, toolUse, reasoningContent } = block
  if (typeof text === 'string') gathering.textBlock(text)
  else if (toolUse !== undefined) {
    startTool(index, fieldsOf(toolUse), gathering)
    gathering.toolInput(index, textOf(fieldsOf(toolUse)['input']))
  } else if (reasoningContent !== undefined) {
    const { reasoningText, redactedContent } = fieldsOf(reasoningContent)
    if (redactedContent !== undefined) gathering.reasoning(index, { isRedacted: true })
    else readReasoning(index, fieldsOf(reasoningText), gathering)
  }
}

function readDelta(index: number, { text, toolUse, reasoningContent }: Fields, gathering: Gathering): void {
  if (typeof text === 'string') gathering.text(text)
  else if (toolUse !== undefined) gathering.toolInput(index, textOf(fieldsOf(toolUse)['input']))
  else if (reasoningContent !== undefined) {
    const piece = fieldsOf(reasoningContent)
    if (piece['redactedContent'] !== undefined) gathering.reasoning(index, { isRedacted: true })
    else readReasoning(index, piece, gathering)
  }
}

function readReasoning(index: number, { text, signature }: Fields, gathering: Gathering): void {
  gathering.reasoning(index, {
    ...(typeof text === 'string' && { text }),
    ...(typeof signature === 'string' && { signature }),
  })
}

function startTool(index: number, { toolUseId, name }: Fields, gathering: Gathering): void {
  gathering.tool(index, String(toolUseId), String(name))
}

function readMetadata(
  { usage, metrics, trace, performanceConfig, serviceTier }: Fields,
  gathering: Gathering,
): void {
  gathering.usage = converseUsage(usage)
  const { latencyMs } = fieldsOf(metrics)
  if (typeof latencyMs === 'number') gathering.serverMs = latencyMs
  gathering.trace = trace
  const { latency } = fieldsOf(performanceConfig)
  if (typeof latency === 'string') gathering.latency = latency
  const { type } = fieldsOf(serviceTier)
  if (typeof type === 'string') gathering.serviceTier = type
}

/** Pieces of JSON are text; a whole input is what it is. */
function textOf(input: unknown): string {
  return typeof input === 'string' ? input : JSON.stringify(input ?? {})
}
