import { Cache } from '../cache.ts'
import type { Classifier, LabelSet } from '../learn/classifier.ts'
import { learn } from '../learn/classifier.ts'
import type { Profile } from '../profile.ts'
import type { Reading } from '../prompt/read-prompt.ts'
import type { Random } from '../random.ts'
import { sample } from '../random.ts'
import { clauseNumber, withoutNumber } from './clause-number.ts'
import { extract } from './extract/extract.ts'
import { fallsFor, findPlanted, reportOf } from './injection.ts'
import type { Answer } from './phrase.ts'
import { confidenceOf, phrase, phraseObject } from './phrase.ts'
import { pickOut, predicateOf } from './pick-out.ts'
import { restate } from './restate.ts'
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
  const planted = findPlanted(reading, setting.tools)
  const falls = planted !== undefined && fallsFor(planted, reading, profile, random)
  if (falls && planted.instead !== undefined) return planted.instead
  const answered = reading.documents.some(({ id }) => id.startsWith('tool-'))
  const call = answered ? undefined : callTool(setting.tools, reading.input, profile.toolThreshold)
  if (call !== undefined) return call
  if (reading.form !== undefined) {
    return phraseObject(extract(reading.form, reading, setting), reading, profile, random)
  }
  const answer =
    reading.labelSet === undefined
      ? answerFreely(reading, setting)
      : choose(reading, reading.labelSet, setting)
  const said = phrase(answer, reading, profile, random)
  if (planted === undefined || reading.labelSet !== undefined) return said
  const remark = falls ? planted.besides : reportOf(planted, reading, profile, random)
  return remark === undefined ? said : `${said} ${remark}`
}

/** One of the labels, by what the examples taught on top of the prior. */
function choose(reading: Reading, labelSet: LabelSet, { profile, temperature, random }: Setting): Answer {
  const lesson = JSON.stringify([labelSet.labels, [...labelSet.definitions], reading.examples])
  const classify = learned[profile.name].get(lesson, () => learn(labelSet, reading.examples, profile))
  const logits = classify(reading.input).map(
    (logit, index) =>
      profile.confidence * logit + CORRECTION_WEIGHT * verdictOn(labelSet.labels[index] ?? '', reading),
  )
  const chosen = sample(logits, temperature, random)
  return { text: labelSet.labels[chosen] ?? '', confidence: confidenceOf(logits, chosen) }
}

/** What a correction says of a label that was given before: -1 against it, 1 for it. */
function verdictOn(label: string, { corrected, faults: { kept } }: Reading): -1 | 0 | 1 {
  if (kept !== undefined) return kept === label ? 1 : 0
  return corrected?.includes(label) === true ? -1 : 0
}

/** From the context, where there is one; else the first sentences of what it was given. */
function answerFreely(reading: Reading, setting: Setting): Answer {
  const { documents, demands, input } = reading
  const { profile, temperature, random } = setting
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
  const source = documents.find(({ id }) => id === found.document)?.text ?? ''
  const whole = demands.citeNumber ? withoutNumber(found.text) : found.text
  const said = demands.ownWords ? restate(whole, source, setting) : whole
  const text = brief ? (pickOut(whole, input) ?? predicateOf(whole) ?? whole) : said
  const clause = demands.citeNumber ? clauseNumber(found.text, source, profile.slips / 2, random) : undefined
  return {
    text,
    because: found.text,
    source: clause ?? found.document,
    confidence: Math.round(100 * found.relevance) / 100,
  }
}
