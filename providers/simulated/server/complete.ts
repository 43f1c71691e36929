import type { ToolCall } from '../answer/tool-call.ts'
import { callTool } from '../answer/tool-call.ts'
import type { Pace } from '../latency.ts'
import type { PromptCache } from '../prompt-cache.ts'
import { hash } from '../random.ts'
import type { CallSettings } from '../respond.ts'
import { respond, say } from '../respond.ts'
import type { Tokenizer } from '../tokens.ts'
import type { SimulatedBy } from './models.ts'
import { promptOf, promptWithFormat } from './prompt-text.ts'
import type { Asked, Completion, ReplyPart, TokenCounts } from './protocol.ts'
import type { Step } from './step.ts'

/** What the models of a server share. */
export interface Models {
  readonly tokenizer: Tokenizer
  readonly cache: PromptCache
  readonly seed: number
  readonly timeScale: number
  /** Milliseconds that only ever grow. */
  readonly now: () => number
}

/** A reply without its clock, and how long it is to take. */
export interface Answer extends Pick<Completion, 'parts' | 'stop' | 'stopSequence' | 'usage'> {
  readonly pace: Pace
}

interface Said extends Omit<Answer, 'usage'> {
  readonly tokens: number
}

/** Tokens of a picture or a document, whatever is on it. */
export const ATTACHMENT_TOKENS = 258
const DEFAULT_TEMPERATURE = 0.7

/** Steps whose reply is the same whatever is asked. */
const FIXED: Readonly<
  Partial<Record<Step['do'], { readonly text: string; readonly stop: Completion['stop'] }>>
> = {
  empty: { text: '', stop: 'end' },
  refusal: { text: "I'm sorry, but I can't help with that.", stop: 'refusal' },
  guardrail: { text: 'Sorry, the model cannot answer this question.', stop: 'guardrail' },
}
/** Called where a call is scripted and no tool was offered. */
const NO_TOOL = {
  name: 'lookup',
  parameters: { properties: { query: { type: 'string' } }, required: ['query'] },
}

/**
 * What the model says to a request, as its step has it.
 * @param input tokens of the request
 */
export function complete(
  asked: Asked,
  input: number,
  { model, step, repeat }: { readonly model: SimulatedBy; readonly step: Step; readonly repeat: number },
  models: Models,
): Answer {
  const { tokens, ...said } = follow(step, asked, settingsOf(asked, model, models, repeat), models.tokenizer)
  const { read, write, write1h } = models.cache.use(
    asked.model,
    asked.prefixes,
    (text) => models.tokenizer.count(text),
    model.cacheMinTokens,
    models.now(),
  )
  const usage: TokenCounts = {
    input: Math.max(0, input - read - write),
    output: tokens,
    cacheRead: read,
    cacheWrite: write,
    cacheWrite1h: write1h,
  }
  return { ...said, usage: step.do === 'no-usage' ? undefined : usage }
}

function follow(step: Step, asked: Asked, settings: CallSettings, tokenizer: Tokenizer): Said {
  const prompt = promptOf(asked)
  const whole = { ...settings, maxTokens: Infinity, stopSequences: [] }
  const fixed = FIXED[step.do]
  if (fixed !== undefined) return { ...textOf(say(fixed.text, prompt, whole, tokenizer)), stop: fixed.stop }
  if (step.do === 'text') return textOf(say(step.text, prompt, settings, tokenizer))
  if (step.do === 'broken-tool-json') {
    const calls = callTool([settings.tools[0] ?? NO_TOOL], prompt, 0) ?? []
    const { tokens, pace } = say(calls, prompt, whole, tokenizer)
    const broken = calls.map((call) => toolPart(call, (json) => json.slice(0, Math.ceil(json.length / 2))))
    return { parts: broken, stop: 'tool-use', tokens, pace }
  }
  const { output, tokens } = respond(promptWithFormat(asked), whole, tokenizer)
  const isCut = step.do === 'max-tokens'
  const allowed = isCut ? { ...settings, maxTokens: Math.max(1, Math.floor(tokens / 2)) } : settings
  const said =
    typeof output === 'string'
      ? textOf(say(output, prompt, allowed, tokenizer))
      : callsOf(output, prompt, allowed, tokenizer)
  return isCut ? { ...said, stop: 'max-tokens' } : said
}

function settingsOf(
  asked: Asked,
  { profile }: SimulatedBy,
  { seed, timeScale }: Models,
  repeat: number,
): CallSettings {
  const { toolChoice, maxTokens = Infinity, temperature = DEFAULT_TEMPERATURE, stopSequences } = asked
  const isForced = typeof toolChoice === 'object' || toolChoice === 'any'
  return {
    profile: {
      ...profile,
      ...(isForced && { toolThreshold: 0 }),
      // A service that is asked for JSON lets nothing else through.
      ...(asked.json !== undefined && { formatTold: 1, formatShown: 1 }),
    },
    // Two models of one profile are still two models.
    seed: seed + hash(asked.model),
    temperature,
    maxTokens,
    timeScale,
    tools: toolsOf(asked),
    stopSequences,
    repeat,
  }
}

function toolsOf({ tools, toolChoice }: Asked): Asked['tools'] {
  if (toolChoice === 'none') return []
  return typeof toolChoice === 'object' ? tools.filter(({ name }) => name === toolChoice.name) : tools
}

function textOf({ output, tokens, finishReason, stopSequence, pace }: ReturnType<typeof say>): Said {
  const stop = finishReason === 'length' ? 'max-tokens' : stopSequence === undefined ? 'end' : 'stop-sequence'
  const text = typeof output === 'string' ? output : ''
  return { parts: text === '' ? [] : [{ is: 'text', text }], stop, stopSequence, tokens, pace }
}

/** Calls that are longer than allowed end in the middle of the last one's arguments. */
function callsOf(
  calls: readonly ToolCall[],
  prompt: string,
  settings: CallSettings,
  tokenizer: Tokenizer,
): Said {
  const { maxTokens } = settings
  const { tokens, pace } = say(calls, prompt, { ...settings, maxTokens: Infinity }, tokenizer)
  if (tokens <= maxTokens)
    return { parts: calls.map((call) => toolPart(call)), stop: 'tool-use', tokens, pace }
  const cut = (json: string): string => tokenizer.cut(json, Math.ceil(maxTokens / 2))
  return { parts: calls.map((call) => toolPart(call, cut)), stop: 'max-tokens', tokens: maxTokens, pace }
}

function toolPart(
  { id, function: { name, arguments: json } }: ToolCall,
  cut = (text: string) => text,
): ReplyPart {
  return { is: 'tool', id, name, json: cut(json) }
}
