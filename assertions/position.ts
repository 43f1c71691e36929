import type { CheckContext, CheckVerdict, Configure } from '../harness/model/custom-check.ts'
import type { DepthEvidence } from '../harness/model/evidence.ts'
import { comparable, holds, without } from './position/answer.ts'
import type { PositionConfig } from './position/config.ts'
import { readConfig } from './position/config.ts'
import { locate } from './position/locate.ts'
import { fromVars } from './shared/from-vars.ts'
import { quoted } from './shared/quote.ts'
import { refusalIn } from './shared/refusal.ts'
import { replyText } from './shared/reply-text.ts'
import { failed, passed } from './shared/verdict.ts'

/**
 * Lost in the middle: whether the reply has the answer that one sentence of a long context gives (the needle), kept with where in the
 * context that sentence stood. Score 1 or 0; over a run, a score by depth, the gap to the worst depth, edges against the middle.
 *
 * It can be wrong: a reply that lists everything holds the answer too (`wrong` names answers it must not hold), and so does one that
 * denies it; a right answer in other words is missed unless `expected` lists them; a model that knows or guesses the answer needs no
 * context, so needles must be made up.
 *
 * @throws where it cannot judge: no expected answer, a needle that is not in the prompt, or is there twice (unless `needles: many`)
 */
export default function position(output: unknown, context: CheckContext): CheckVerdict {
  const config = readConfig(context.config ?? {})
  const expected = textsOf(fromVars(config.expected, context.vars), 'expected')
  const wrong = wrongOf(config, context)
  if (expected.length === 0) throw new Error('position: there is no expected answer')
  const depth = depthOf(config, context)
  const reply = replyText(output)
  const fault = faultOf(reply, expected, wrong)
  const tokens = context.providerResponse?.tokenUsage?.prompt
  const evidence: DepthEvidence = {
    kind: 'depth',
    depth,
    score: fault === undefined ? 1 : 0,
    ...(Number.isSafeInteger(tokens) && { tokens: tokens as number }),
  }
  const besides = { metadata: { evidence } }
  return fault === undefined
    ? passed(`has the answer that stood at depth ${depth.toFixed(2)}`, 1, besides)
    : failed(fault, 0, besides)
}

export const configure: Configure = (config) => {
  readConfig(config)
  return {}
}

/** What is wrong with a reply; undefined where nothing is. It does not tell the answer: it may be told to the model. */
function faultOf(reply: string, expected: readonly string[], wrong: readonly string[]): string | undefined {
  if (reply.trim() === '') return 'the reply is empty'
  const said = comparable(reply)
  if (!expected.some((answer) => holds(said, comparable(answer)))) {
    const refusal = refusalIn(reply)
    return refusal === undefined
      ? `the answer is not in the reply ${quoted(reply)}`
      : `the reply refuses: ${quoted(refusal)}`
  }
  const besides = expected.reduce((text, answer) => without(text, comparable(answer)), said)
  const other = wrong.find((answer) => holds(besides, comparable(answer)))
  return other === undefined ? undefined : `the reply gives another answer too: ${quoted(other)}`
}

/** A cell of a CSV may be empty: that case has no wrong answer. */
function wrongOf({ wrong }: PositionConfig, { vars }: CheckContext): string[] {
  const value = fromVars(wrong, vars)
  return value === undefined || value === null || value === '' ? [] : textsOf(value, 'wrong')
}

function depthOf({ depth, needle, needles, between }: PositionConfig, context: CheckContext): number {
  if (needle === undefined) return depthFrom(fromVars(depth, context.vars))
  const text = fromVars(needle, context.vars)
  if (typeof text !== 'string' || text.trim() === '') throw new Error('position: the needle is no text')
  if (typeof context.prompt !== 'string')
    throw new Error('position: there is no prompt to find the needle in')
  const found = locate(context.prompt, text, between)
  if (found === undefined) throw new Error(`position: the needle ${quoted(text)} is not in the prompt`)
  if (found.times > 1 && needles === 'one')
    throw new Error(
      `position: the needle is in the prompt ${found.times} times; \`needles: many\` takes the first one's depth`,
    )
  return found.depth
}

/** A cell of a CSV is text. */
function depthFrom(value: unknown): number {
  const depth = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof depth === 'number' && depth >= 0 && depth <= 1) return depth
  throw new Error(`position: the depth must be a number from 0 to 1, got ${JSON.stringify(value)}`)
}

function textsOf(value: unknown, name: string): string[] {
  const texts = Array.isArray(value) ? (value as unknown[]) : [value]
  return texts.map((text) => {
    const isAnswer = (typeof text === 'string' && comparable(text) !== '') || Number.isFinite(text)
    if (!isAnswer) throw new Error(`position: \`${name}\` must be a text or a list of texts`)
    return String(text)
  })
}
