import type { Usage } from '../../../harness/model/usage.ts'
import type { Fields } from '../../shared/fields.ts'
import { isFields } from '../../shared/fields.ts'

/** Of Converse, streamed or not; `inputTokens` excludes the cached ones. */
export function converseUsage(usage: unknown): Usage | undefined {
  if (!isFields(usage)) return undefined
  const { inputTokens, outputTokens, cacheReadInputTokens, cacheWriteInputTokens, cacheDetails } = usage
  // Nova says it so where it is asked by InvokeModel.
  const { cacheReadInputTokenCount, cacheWriteInputTokenCount } = usage
  return usageOf({
    input: inputTokens,
    output: outputTokens,
    cacheRead: cacheReadInputTokens ?? cacheReadInputTokenCount,
    cacheWrite: cacheWriteInputTokens ?? cacheWriteInputTokenCount,
    cacheWrite1h: hourly(cacheDetails),
  })
}

/** Of Anthropic's messages. */
export function anthropicUsage(usage: unknown): Usage | undefined {
  if (!isFields(usage)) return undefined
  const { cache_creation: creation } = usage
  return usageOf({
    input: usage['input_tokens'],
    output: usage['output_tokens'],
    cacheRead: usage['cache_read_input_tokens'],
    cacheWrite: usage['cache_creation_input_tokens'],
    cacheWrite1h: isFields(creation) ? creation['ephemeral_1h_input_tokens'] : undefined,
  })
}

/** Of the last chunk of InvokeModelWithResponseStream. */
export function metricsUsage(metrics: Fields): Usage | undefined {
  return usageOf({
    input: metrics['inputTokenCount'],
    output: metrics['outputTokenCount'],
    cacheRead: metrics['cacheReadInputTokenCount'],
    cacheWrite: metrics['cacheWriteInputTokenCount'],
    cacheWrite1h: undefined,
  })
}

/** Of the headers of InvokeModel, where every count is text. */
export function headerUsage(headers: Readonly<Record<string, string>>): Usage | undefined {
  const count = (name: string): number | undefined => {
    const value = headers[`x-amzn-bedrock-${name}`]
    return value === undefined || value === '' ? undefined : Number(value)
  }
  return usageOf({
    input: count('input-token-count'),
    output: count('output-token-count'),
    cacheRead: count('cache-read-input-token-count'),
    cacheWrite: count('cache-write-input-token-count'),
    cacheWrite1h: undefined,
  })
}

function usageOf(told: Readonly<Record<keyof Omit<Usage, 'estimated'>, unknown>>): Usage | undefined {
  const { input, output, cacheRead, cacheWrite, cacheWrite1h } = told
  if (!isCount(input) && !isCount(output)) return undefined
  return {
    input: isCount(input) ? input : 0,
    output: isCount(output) ? output : 0,
    ...(isCount(cacheRead) && cacheRead > 0 && { cacheRead }),
    ...(isCount(cacheWrite) && cacheWrite > 0 && { cacheWrite }),
    ...(isCount(cacheWrite1h) && cacheWrite1h > 0 && { cacheWrite1h }),
  }
}

function hourly(details: unknown): number | undefined {
  if (!Array.isArray(details)) return undefined
  return details
    .filter(isFields)
    .filter(({ ttl }) => ttl === '1h')
    .reduce((sum, { inputTokens }) => sum + (isCount(inputTokens) ? inputTokens : 0), 0)
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0
}
