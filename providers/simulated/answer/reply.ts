import { Cache } from '../cache.ts'
import type { Classifier, LabelSet } from '../learn/classifier.ts'
import { learn } from '../learn/classifier.ts'
import type { Profile } from '../profile.ts'
import type { Reading } from '../prompt/read-prompt.ts'
import type { Random } from '../random.ts'
import { sample } from '../random.ts'
import { fallsFor, findPlanted } from './injection.ts'
import type { Answer } from './phrase.ts'
import { confidenceOf, phrase } from './phrase.ts'
import { pickOut, predicateOf } from './pick-out.ts'
import { retrieve } from './retrieve.ts'
import { sentencesOf } from './text.ts'
import type { ToolCall } from './tool-call.ts'
import { callTool } from './tool-call.ts'

/** How a model is set for one call. */
export interface Setting {
  readonly profile: Profile
  readonly temperature: number
  readonly tools: readonly unknown[]
  readonly random: Random
}

const CLASSIFIERS = 64
const CORRECTION_WEIGHT = 2
/** It has no knowledge of the world: without a context no question can be answered. */
const NO_KNOWLEDGE = "I don't know."

const learned = { flash: new Cache<Classifier>(CLASSIFIERS), sonnet: new Cache<Classifier>(CLASSIFIERS) }

/** What a model replies to what it read: text, or calls of the tools it was offered. */
export function reply(reading: Reading, setting: Setting): string | ToolCall[] {
  const { profile, random } = setting
  const planted = findPlanted(reading)
  if (planted !== undefined && fallsFor(reading, profile, random)) return planted.reply
  const answered = reading.documents.some(({ id }) => id.startsWith('tool-'))
  const call = answered ? undefined : callTool(setting.tools, reading.input, profile.toolThreshold)
  if (call !== undefined) return call
  const answer =
    reading.labelSet === undefined
      ? answerFreely(reading, setting)
      : choose(reading, reading.labelSet, setting)
  return phrase(answer, reading, profile, random)
}

/** One of the labels, by what the examples taught on top of the prior. */
function choose(reading: Reading, labelSet: LabelSet, { profile, temperature, random }: Setting): Answer {
  const lesson = [
    ...labelSet.labels,
    ...reading.examples.flatMap(({ input, output }) => [input, output]),
  ].join('\u0000')
  const classify = learned[profile.name].get(lesson, () => learn(labelSet, reading.examples, profile))
  const logits = classify(reading.input).map(
    (logit, index) =>
      profile.confidence * logit -
      (reading.corrected?.includes(labelSet.labels[index] ?? '') ? CORRECTION_WEIGHT : 0),
  )
  const chosen = sample(logits, temperature, random)
  return { text: labelSet.labels[chosen] ?? '', confidence: confidenceOf(logits, chosen) }
}

/** From the context, where there is one; else the first sentences of what it was given. */
function answerFreely(reading: Reading, { profile, temperature, random }: Setting): Answer {
  const { documents, demands, input } = reading
  if (documents.length === 0) {
    const knows = !input.trim().endsWith('?')
    return { text: knows ? sentencesOf(input).slice(0, 2).join(' ') : (demands.decline ?? NO_KNOWLEDGE) }
  }
  const found = retrieve(input, documents, profile, temperature, random)
  if (demands.decline !== undefined && (found === undefined || found.relevance < profile.declineBelow)) {
    return { text: demands.decline }
  }
  if (found === undefined) return { text: sentencesOf(documents[0]?.text ?? '')[0] ?? '' }
  const brief = demands.terse || demands.jsonKeys !== undefined
  const text = brief ? (pickOut(found.text, input) ?? predicateOf(found.text) ?? found.text) : found.text
  return {
    text,
    because: found.text,
    source: found.document,
    confidence: Math.round(100 * found.relevance) / 100,
  }
}
