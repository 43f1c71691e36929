/** What a model of Bedrock is called, taken apart. */
export interface ModelName {
  /** As it is asked for: an id, an inference profile's id, or an ARN. */
  readonly asked: string
  /** Without an inference profile's prefix; of an ARN what its last part names. */
  readonly base: string
  /** Of an inference profile that AWS keeps: us, eu, apac, global… */
  readonly profile?: string | undefined
  /** Of an ARN. */
  readonly region?: string | undefined
  /** True for what only its account knows the model behind: a profile of one's own, a throughput, an import. */
  readonly isOpaque: boolean
}

const ARN = /^arn:[\w-]+:(?:bedrock|sagemaker):([a-z\d-]*):\d*:([\w-]+)\/(.+)$/
const PREFIX = /^([a-z]{2,6}(?:-[a-z]+)?)\.(?=[a-z\d]+\.)/
const OPENLY_NAMED = new Set(['foundation-model', 'inference-profile'])

export function modelName(asked: string): ModelName {
  const [, region, kind = '', last = ''] = ARN.exec(asked) ?? []
  const id = kind === '' ? asked : last
  const prefix = PREFIX.exec(id)?.[1]
  return {
    asked,
    base: prefix === undefined ? id : id.slice(prefix.length + 1),
    ...(prefix !== undefined && { profile: prefix }),
    ...(region !== undefined && region !== '' && { region }),
    isOpaque: kind === '' ? asked.startsWith('arn:') : !OPENLY_NAMED.has(kind),
  }
}

/** The bodies that InvokeModel takes here: those of Anthropic's models and of Amazon's Nova. */
export type Family = 'anthropic' | 'nova'

/** @param told promptfoo's `inferenceModelType`, for names that tell nothing */
export function familyOf({ base }: ModelName, told: string | undefined): Family | undefined {
  if (base.startsWith('anthropic.') || told === 'claude') return 'anthropic'
  return base.startsWith('amazon.nova') || told?.startsWith('nova') === true ? 'nova' : undefined
}

/**
 * Claude from Opus 4.7 and the fifth generation on takes no temperature, top_p or top_k: it answers them with a 400.
 * promptfoo, too, leaves them out there.
 */
export function takesSampling({ base }: ModelName): boolean {
  return !/claude-(?:opus-4-(?:[7-9]|\d\d)(?!\d)|[a-z]+(?:-[a-z]+)*-(?:[5-9]|[1-9]\d)(?![a-z\d]))/.test(base)
}
