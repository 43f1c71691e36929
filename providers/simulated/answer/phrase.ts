import type { Profile } from '../profile.ts'
import type { Reading } from '../prompt/read-prompt.ts'
import { roleOf } from '../prompt/role.ts'
import type { Random } from '../random.ts'
import { softmax } from '../random.ts'
import { pickOut } from './pick-out.ts'
import { sentencesOf } from './text.ts'

/** What the model means to say, before it is put into words. */
export interface Answer {
  readonly text: string
  /** The sentence it rests on. */
  readonly because?: string | undefined
  readonly source?: string | undefined
  /** From 0 to 1. */
  readonly confidence?: number | undefined
}

/** Puts an answer into the form the prompt asks for, most of the time: examples of the form make that surer. */
export function phrase(answer: Answer, reading: Reading, profile: Profile, random: Random): string {
  const careful = isCareful(reading, profile, random)
  const { jsonKeys, terse, cite } = reading.demands
  if (jsonKeys !== undefined) return asJson(answer, jsonKeys, reading, careful, random)
  if (reading.labelSet !== undefined && terse && !careful)
    return talkative(answer.text, reading.answerName, random)
  return cite && answer.source !== undefined ? `${answer.text} [${answer.source}]` : answer.text
}

/** An object in the form the prompt asks for, most of the time. */
export function phraseObject(
  object: Readonly<Record<string, unknown>>,
  reading: Reading,
  profile: Profile,
  random: Random,
): string {
  return wrapped(JSON.stringify(object), isCareful(reading, profile, random), random)
}

function isCareful(reading: Reading, profile: Profile, random: Random): boolean {
  const shown = reading.examples.length > 0 || reading.corrected !== undefined
  return random.chance(shown ? profile.formatShown : profile.formatTold)
}

/** The certainty a classifier ends up with, for who asks for it. */
export function confidenceOf(logits: readonly number[], chosen: number): number {
  return Math.round((softmax(logits)[chosen] ?? 0) * 100) / 100
}

function talkative(label: string, name: string, random: Random): string {
  const forms = [
    `The ${name} is ${label}.`,
    `${capitalised(name)}: ${label}`,
    `${capitalised(label)}.`,
    `${label}\n\nThe overall tone of the text suggests this ${name}.`,
  ]
  return forms[Math.floor(random.next() * forms.length)] ?? label
}

function asJson(
  answer: Answer,
  keys: readonly string[],
  reading: Reading,
  careful: boolean,
  random: Random,
): string {
  const named = keys.length === 0 ? [reading.answerName.replaceAll(' ', '_')] : keys
  const main = named.find((key) => roleOf(key) === 'answer') ?? named[0]
  const entries = named.map((key) => [key, key === main ? answer.text : valueOf(key, answer, reading)])
  return wrapped(JSON.stringify(Object.fromEntries(entries)), careful, random)
}

function wrapped(json: string, careful: boolean, random: Random): string {
  if (careful) return json
  return random.chance(0.5) ? `\`\`\`json\n${json}\n\`\`\`` : `Here is the JSON you asked for:\n\n${json}`
}

/** What goes under a key: a part of the answer, else the detail of that name in the text. */
function valueOf(key: string, answer: Answer, reading: Reading): unknown {
  const role = roleOf(key)
  if (role === 'answer') return answer.text
  if (role === 'reason') return answer.because ?? sentencesOf(reading.input)[0] ?? ''
  if (role === 'source') return answer.source ?? null
  if (role === 'confidence') return answer.confidence ?? null
  const texts = [reading.input, ...reading.documents.map(({ text }) => text)].join('\n')
  const refused = reading.faults.rejected.get(key) ?? []
  return (
    pickOut(
      refused.reduce((text, value) => text.replaceAll(value, ' '), texts),
      key,
    ) ?? null
  )
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
