import { judge } from './answer/judge.ts'
import { reply } from './answer/reply.ts'
import type { ToolCall } from './answer/tool-call.ts'
import type { Pace } from './latency.ts'
import { drawPace } from './latency.ts'
import type { Profile } from './profile.ts'
import { readJudging } from './prompt/judging.ts'
import { readPrompt } from './prompt/read-prompt.ts'
import type { Random } from './random.ts'
import { hash, seeded } from './random.ts'
import type { Tokenizer } from './tokens.ts'

/** How a model is set for one call. */
export interface CallSettings {
  readonly profile: Profile
  readonly seed: number
  /** At 0 the reply depends on the prompt alone. */
  readonly temperature: number
  /** Longest reply, in tokens. */
  readonly maxTokens: number
  /** Factor on every waiting time. */
  readonly timeScale: number
  readonly tools: readonly unknown[]
  /** The reply ends before the first of them. */
  readonly stopSequences?: readonly string[]
  /** How often the same was asked before: each time another reply is drawn. */
  readonly repeat: number
}

/** What a model says, and how long it takes to say it. */
export interface Said {
  readonly output: string | readonly ToolCall[]
  /** Of the reply, whatever it is. */
  readonly tokens: number
  readonly finishReason: 'stop' | 'length' | 'tool_calls'
  /** The one that ended it. */
  readonly stopSequence?: string | undefined
  readonly pace: Pace
}

/** No text has so many on average: a prompt beyond that is too long without counting its tokens. */
const MOST_CHARACTERS_A_TOKEN = 20

/** Tokens of a prompt; undefined where they are beyond any window of this size, and not worth counting. */
export function countPrompt(prompt: string, window: number, tokenizer: Tokenizer): number | undefined {
  return prompt.length > window * MOST_CHARACTERS_A_TOKEN ? undefined : tokenizer.count(prompt)
}

/** What a simulated model replies to a prompt, text or chat JSON, and at which pace. Waits for nothing, and is pure. */
export function respond(prompt: string, settings: CallSettings, tokenizer: Tokenizer): Said {
  const { profile, temperature, tools, repeat } = settings
  const random = randomOf(prompt, settings, temperature === 0 ? undefined : repeat)
  const setting = { profile, temperature, tools, random }
  const judging = readJudging(prompt)
  const output = judging === undefined ? reply(readPrompt(prompt), setting) : judge(judging, setting)
  return say(output, prompt, settings, tokenizer)
}

/** The same for a reply that is already known: cut to what is allowed, at the model's pace. */
export function say(
  output: string | readonly ToolCall[],
  prompt: string,
  settings: CallSettings,
  tokenizer: Tokenizer,
): Said {
  const finished = finish(output, settings, tokenizer)
  const { profile, timeScale, repeat } = settings
  const pace = drawPace(profile, finished.tokens, timeScale, randomOf(`pace ${prompt}`, settings, repeat))
  return { ...finished, pace }
}

/** Without a repeat, the stream depends on nothing but the model and the prompt. */
function randomOf(prompt: string, { profile, seed }: CallSettings, repeat: number | undefined): Random {
  const own = hash(prompt, hash(profile.name))
  return seeded(
    repeat === undefined ? own : own + Math.imul(seed, 0x9e3779b1) + Math.imul(repeat, 0x85ebca6b),
  )
}

function finish(
  output: string | readonly ToolCall[],
  { maxTokens, stopSequences = [] }: CallSettings,
  tokenizer: Tokenizer,
): Omit<Said, 'pace'> {
  const stopSequence = typeof output === 'string' ? firstOf(stopSequences, output) : undefined
  const said =
    stopSequence === undefined || typeof output !== 'string'
      ? output
      : output.slice(0, output.indexOf(stopSequence))
  const text = typeof said === 'string' ? said : JSON.stringify(said)
  const tokens = tokenizer.count(text)
  if (tokens > maxTokens) {
    return { output: tokenizer.cut(text, maxTokens), tokens: maxTokens, finishReason: 'length' }
  }
  const finishReason = typeof said === 'string' ? 'stop' : 'tool_calls'
  return { output: said, tokens, finishReason, ...(stopSequence !== undefined && { stopSequence }) }
}

/** The sequence that comes first in a text. */
function firstOf(sequences: readonly string[], text: string): string | undefined {
  const found = sequences.filter((sequence) => sequence !== '' && text.includes(sequence))
  return found.toSorted((left, right) => text.indexOf(left) - text.indexOf(right))[0]
}
