import type { ConverseStreamRequest } from '@aws-sdk/client-bedrock-runtime'
import type { Settings } from '../config/settings.ts'
import type { ModelName } from '../model/model-name.ts'
import { takesSampling } from '../model/model-name.ts'

type Fields = NonNullable<ConverseStreamRequest['additionalModelRequestFields']>

/** What Converse has no name for, by the names that each vendor has: `top_k`, thinking, and whatever the config adds. */
export function additionalFields(name: ModelName, { additional, topK }: Settings): Fields | undefined {
  const fields = { ...additional, ...(topK !== undefined && topKOf(name, topK)) }
  return Object.keys(fields).length === 0 ? undefined : (fields as Fields)
}

function topKOf({ base }: ModelName, topK: number): Record<string, unknown> {
  if (base.startsWith('amazon.')) return { inferenceConfig: { topK } }
  return base.startsWith('cohere.') ? { k: topK } : { top_k: topK }
}

/**
 * Without the parameters of sampling where the model refuses them; a thinking budget is refused there as well, and becomes
 * thinking by the model's own measure. Suites are written for more than one model.
 */
export function withoutRefused(
  name: ModelName,
  settings: Settings,
): { settings: Settings; left: readonly string[] } {
  if (takesSampling(name)) return { settings, left: [] }
  const { temperature, topP, topK, additional = {}, ...rest } = settings
  const { temperature: _, top_p: __, top_k: ___, thinking, ...kept } = additional
  const budget = isBudget(thinking)
  const fields = {
    ...kept,
    ...(thinking !== undefined && { thinking: budget ? { type: 'adaptive' } : thinking }),
  }
  const left = [
    (temperature ?? additional['temperature']) !== undefined && 'temperature',
    (topP ?? additional['top_p']) !== undefined && 'topP',
    (topK ?? additional['top_k']) !== undefined && 'topK',
    budget && 'the thinking budget',
  ].filter((what) => what !== false)
  return { settings: { ...rest, ...(Object.keys(fields).length > 0 && { additional: fields }) }, left }
}

function isBudget(thinking: unknown): boolean {
  return (
    typeof thinking === 'object' && thinking !== null && (thinking as { type?: unknown }).type === 'enabled'
  )
}
