import type { AnthropicConfig } from '../config/read.ts'
import type { FunctionTool } from '../language-model.ts'
import type { Body } from './body.ts'
import { isPlain } from './body.ts'
import type { CachePoints } from './cache-points.ts'
import { cachePointsOf } from './cache-points.ts'
import { passed } from './openai-settings.ts'
import { markOf } from './prompt.ts'
import type { Settings } from './settings.ts'
import { commonSettings, defined, numberIn, providerOptionsOf } from './settings.ts'

type Environment = Readonly<Record<string, string | undefined>>
type Thinking = NonNullable<AnthropicConfig['thinking']>

/** promptfoo's own: thinking takes its tokens from the same budget. */
const DEFAULT_MAX_TOKENS = 1024
const DEFAULT_MAX_TOKENS_THINKING = 2048
const DEFAULT_TEMPERATURE = 0

/** Tokens left for the reply where the budget for thinking takes up all there is: promptfoo's. */
const LEFT_FOR_REPLY = 1024

/** The header by which the API knew structured outputs first, and by which promptfoo asks for them. */
const STRUCTURED_OUTPUTS = 'structured-outputs-2025-11-13'

/** Of `anthropic:…`: as promptfoo asks, its defaults included. */
export function anthropicSettings(config: AnthropicConfig, env: Environment): Settings {
  const settings = commonSettings(config, 'anthropic')
  const {
    thinking,
    effort,
    topP,
    top_p,
    output_format: format,
    cache_control,
    service_tier,
    metadata,
  } = config
  const isDefault = config.temperature === undefined && (topP ?? top_p) === undefined
  const temperature = numberIn(env, 'ANTHROPIC_TEMPERATURE') ?? DEFAULT_TEMPERATURE
  const betas = [...(config.beta ?? []), ...(isPlain(format) ? [STRUCTURED_OUTPUTS] : [])]
  const points = cachePointsOf(config.cachePoint)
  const asked = maxTokensOf(config, env)
  const bySdk = config.reasoning !== undefined
  return {
    ...settings,
    isParsed: settings.isParsed || (isPlain(format) && format['type'] === 'json_schema'),
    caches: points !== undefined || cache_control !== undefined,
    cachePoints: points,
    options: {
      ...settings.options,
      ...(isDefault && { temperature }),
      // Where it is the AI SDK that sets a budget for thinking, it adds that to what the reply may take.
      ...(bySdk && { maxOutputTokens: asked }),
      ...defined({ tools: markedTools(settings.options.tools as FunctionTool[] | undefined, points) }),
      ...defined({
        providerOptions: providerOptionsOf(config, 'anthropic', {
          // Its inputs would come in pieces that need not be JSON together: another way of asking than without a stream.
          toolStreaming: false,
          ...defined({ effort, thinking: thinking && sdkThinking(thinking) }),
        }),
      }),
    },
    body: {
      ...settings.body,
      ...(!bySdk && { max_tokens: withBudget(asked, thinking) }),
      ...defined({ cache_control, service_tier, metadata }),
      ...(isPlain(format) && { output_config: { format } }),
      ...markedNatives(settings.body['tools'], settings.options.tools, points),
      ...passed(config.extra_body, 'anthropic', ['model', 'messages', 'system', 'stream'], 'extra_body'),
    },
    headers: {
      ...settings.headers,
      ...(betas.length > 0 && { 'anthropic-beta': joined(betas, settings.headers) }),
    },
    defaulted: new Set(isDefault ? ['temperature'] : []),
  }
}

function maxTokensOf({ maxTokens, max_tokens, thinking }: AnthropicConfig, env: Environment): number {
  const thinks = thinking !== undefined && thinking.type !== 'disabled'
  const fallback = thinks ? DEFAULT_MAX_TOKENS_THINKING : DEFAULT_MAX_TOKENS
  return maxTokens ?? max_tokens ?? numberIn(env, 'ANTHROPIC_MAX_TOKENS') ?? fallback
}

/** What goes onto the wire is what was written, the budget for thinking included, unless that takes up all of it. */
function withBudget(asked: number, thinking: Thinking | undefined): number {
  const budget = thinking?.type === 'enabled' ? (thinking.budget_tokens ?? 0) : 0
  return asked > budget ? asked : budget + LEFT_FOR_REPLY
}

function sdkThinking(thinking: Thinking): Body {
  if (thinking.type !== 'enabled') return thinking
  const { budget_tokens: budgetTokens, ...rest } = thinking
  return { ...rest, ...defined({ budgetTokens }) }
}

function markedTools(
  tools: FunctionTool[] | undefined,
  points: CachePoints | undefined,
): FunctionTool[] | undefined {
  const last = tools?.at(-1)
  if (tools === undefined || last === undefined || points?.tools === undefined) return tools
  return [...tools.slice(0, -1), { ...last, providerOptions: markOf(points.tools) }]
}

/** Tools in Anthropic's own words come after the translated ones: the mark stands on the last of all. */
function markedNatives(native: unknown, translated: unknown, points: CachePoints | undefined): Body {
  if (!Array.isArray(native) || points?.tools === undefined || translated !== undefined) return {}
  const { ttl } = points.tools
  const cache_control = { type: 'ephemeral', ...(ttl !== undefined && { ttl }) }
  const tools = native as Body[]
  return { tools: [...tools.slice(0, -1), { ...tools.at(-1), cache_control }] }
}

function joined(betas: readonly string[], headers: Readonly<Record<string, string>>): string {
  const given = headers['anthropic-beta']?.split(',').map((beta) => beta.trim()) ?? []
  return [...new Set([...given, ...betas])].join(',')
}
