import type { Usage } from '../../../harness/model/usage.ts'
import { addUsage } from '../../../harness/model/usage.ts'
import type { Fields } from '../../shared/fields.ts'
import { fieldsOf } from '../../shared/fields.ts'

/** OpenAI's counts: `prompt_tokens` includes what the cache held, `completion_tokens` what the model thought. */
export function openaiUsage(raw: Fields): Usage | undefined {
  const details = fieldsOf(raw['prompt_tokens_details'])
  return usageOf(raw['prompt_tokens'], raw['completion_tokens'], {
    cacheRead: count(details['cached_tokens']),
    cacheWrite: count(details['cache_write_tokens']),
  })
}

/** Gemini's: thoughts are billed as output and not among the candidates' tokens; what tools read is prompt. */
export function geminiUsage(raw: Fields): Usage | undefined {
  const { promptTokenCount, candidatesTokenCount, thoughtsTokenCount, toolUsePromptTokenCount } = raw
  if (!isCount(promptTokenCount)) return undefined
  const prompt = promptTokenCount + count(toolUsePromptTokenCount)
  const output = count(candidatesTokenCount) + count(thoughtsTokenCount)
  return usageOf(prompt, output, { cacheRead: count(raw['cachedContentTokenCount']), cacheWrite: 0 })
}

/** Anthropic's: `input_tokens` is without the cache. */
export function anthropicUsage(raw: Fields): Usage | undefined {
  const { input_tokens: input, output_tokens: output } = raw
  if (!isCount(input) || !isCount(output)) return undefined
  const cacheRead = count(raw['cache_read_input_tokens'])
  const cacheWrite = count(raw['cache_creation_input_tokens'])
  const hour = count(fieldsOf(raw['cache_creation'])['ephemeral_1h_input_tokens'])
  if (isUncounted(input + cacheRead + cacheWrite, output)) return undefined
  return {
    input,
    output,
    ...(cacheRead > 0 && { cacheRead }),
    ...(cacheWrite > 0 && { cacheWrite }),
    ...(hour > 0 && { cacheWrite1h: Math.min(hour, cacheWrite) }),
  }
}

export function added(one: Usage | undefined, other: Usage | undefined): Usage | undefined {
  return one === undefined || other === undefined ? (one ?? other) : addUsage(one, other)
}

function usageOf(
  prompt: unknown,
  output: unknown,
  { cacheRead, cacheWrite }: { cacheRead: number; cacheWrite: number },
): Usage | undefined {
  if (!isCount(prompt) || !isCount(output) || isUncounted(prompt, output)) return undefined
  return {
    input: Math.max(0, prompt - cacheRead - cacheWrite),
    output,
    ...(cacheRead > 0 && { cacheRead }),
    ...(cacheWrite > 0 && { cacheWrite }),
  }
}

/** No prompt is of no tokens: where the protocol wants a count, servers that count nothing send zeros, which would cost nothing. */
function isUncounted(prompt: number, output: number): boolean {
  return prompt === 0 && output === 0
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}

function count(value: unknown): number {
  return isCount(value) ? value : 0
}
