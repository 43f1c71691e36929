import { modelCatalog } from '../../shared/model-catalog.ts'
import type { Profile } from '../profile.ts'
import { CACHE_MIN_TOKENS } from '../prompt-cache.ts'
import { PROFILES } from '../profile.ts'
import type { ProtocolName } from './step.ts'

/** What stands behind a model id. */
export interface SimulatedBy {
  readonly profile: Profile
  /** The longest prompt, in tokens. */
  readonly contextWindow: number
  /** Fewest tokens of a prompt that are cached. */
  readonly cacheMinTokens: number
  /** True where it is there, but not under this id: Bedrock serves it through inference profiles alone. */
  readonly needsProfile: boolean
}

/** Words in the names of small models. Not those within "gemini" and "minimax". */
const SMALL = /flash|lite|micro|nano|(?<!ge)mini(?!max)|haiku|small|tiny/i

/** How the names of models begin that the catalog need not know: of older ones, newer ones, and of servers of one's own. */
const FAMILIES =
  /^(?:claude|nova|gemini|learnlm|gpt|chatgpt|o[1-9]|llama|qwen|mistral|mixtral|ministral|magistral|codestral|pixtral|gemma|phi|deepseek|command|jamba|palmyra|titan|kimi|glm|minimax|nemotron|granite|smollm|tinyllama|flash|sonnet)/i

/** The vendors that serve one family only. */
const SERVED: Readonly<Partial<Record<ProtocolName, RegExp>>> = {
  gemini: /^(?:gemini|gemma|learnlm)/i,
  anthropic: /^claude/i,
}

const CONTEXT_WINDOW = 128_000

/** On Bedrock: `us.anthropic.claude-…` and `amazon.nova-…`: an inference profile, a vendor, a model. */
const BEDROCK_ID = /^(?:(us|us-gov|eu|apac|jp|au|ca|sa|me|af|global)\.)?[a-z\d]+\.(.+)$/
const BEDROCK_ARN = /^arn:aws[a-z-]*:(?:bedrock|sagemaker):[a-z\d-]*:\d*:([a-z-]+)\/(.+)$/

/** What simulates a model that the catalog knows, or that has the name of one; undefined where no vendor has such a model. */
export function simulatedBy(protocol: ProtocolName, id: string): SimulatedBy | undefined {
  const [, kind, resource = id] = BEDROCK_ARN.exec(id) ?? []
  // The ARN of an application's own profile says nothing of its model.
  const isOpaque = protocol === 'bedrock' && kind === 'application-inference-profile'
  const [, profile, nameOnBedrock] = BEDROCK_ID.exec(resource) ?? []
  const name = protocol === 'bedrock' ? nameOnBedrock : id.split('/').at(-1)
  const isNamed = name !== undefined && FAMILIES.test(name) && SERVED[protocol]?.test(name) !== false
  const known = modelCatalog().find(protocol === 'gemini' ? 'google' : protocol, resource)
  if (!isOpaque && !isNamed && known === undefined) return undefined
  return {
    profile: SMALL.test(resource) ? PROFILES.flash : PROFILES.sonnet,
    contextWindow: known?.contextWindow ?? CONTEXT_WINDOW,
    cacheMinTokens: known?.cacheMinTokens ?? CACHE_MIN_TOKENS,
    needsProfile: known?.profileOnly === true && profile === undefined,
  }
}
