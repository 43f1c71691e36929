import { Cache } from '../cache.ts'
import type { Example, LabelSet } from '../learn/classifier.ts'
import type { Demands } from './demands.ts'
import { readDemands } from './demands.ts'
import type { Faults, SentBack } from './faults.ts'
import { faultsOf } from './faults.ts'
import { readForm } from './form/read-form.ts'
import type { Form } from './form/shape.ts'
import { choicesOf } from './form/shape.ts'
import { readLabelSet } from './label-set.ts'
import type { Message } from './messages.ts'
import { readMessages } from './messages.ts'
import type { Document, Parts } from './parts.ts'
import { readParts } from './parts.ts'

/** All a model has to go on: what it made of the prompt. */
export interface Reading {
  readonly instruction: string
  readonly examples: readonly Example[]
  readonly input: string
  readonly documents: readonly Document[]
  /** Text that follows the faked end of a block of the last turn. */
  readonly strays: readonly string[]
  readonly demands: Demands
  /** The object that is to be filled in with details of the text; undefined where one answer is wanted. */
  readonly form: Form | undefined
  /** Undefined where the prompt does not ask for one of several answers. */
  readonly labelSet: LabelSet | undefined
  /** The key an answer in JSON goes under when the prompt names none. */
  readonly answerName: string
  /** The earlier answer that the last turn finds fault with. */
  readonly corrected: string | undefined
  /** What was said of earlier answers in JSON, key by key. */
  readonly faults: Faults
}

const CORRECTION =
  /\b(?:previous|last|your) (?:answer|reply|response|output)\b[^.\n]{0,60}\b(?:fail|wrong|invalid|incorrect|not)|\btry again\b|\bdid not (?:pass|meet)/i

const demandsOf = new Cache<Demands>(128)
const forms = new Cache<{ readonly form: Form | undefined }>(128)
const labelSets = new Cache<{ readonly labelSet: LabelSet | undefined }>(128)

/** Reads a prompt, chat or text. Pure: everything the reply depends on is in its argument. */
export function readPrompt(prompt: string): Reading {
  const { turns, sentBack } = withoutCorrection(readMessages(prompt))
  const system = turns.filter(({ role }) => role === 'system').map(({ text }) => text)
  const talk = turns.filter(({ role }) => role !== 'system')
  const lastUser = talk.findLastIndex(({ role }) => role === 'user')
  const parts = readParts(talk[lastUser]?.text ?? '')
  const systemParts = system.map(readParts)
  const instruction = [...systemParts, parts].map((part) => part.instruction).join('\n')
  const examples = [
    ...systemParts.flatMap((part) => part.examples),
    ...shownTurns(talk, lastUser),
    ...parts.examples,
  ]
  const toolResults = talk.slice(lastUser + 1).filter(({ role }) => role === 'tool')
  const demands = demandsOf.get(instruction, readDemands)
  const outputs = examples.map(({ output }) => output)
  const form = formOf(
    instruction,
    [...systemParts, parts].flatMap((part) => part.forms),
    outputs,
  )
  const answers = form === undefined ? outputs.map(labelOf) : outputs
  return {
    instruction,
    examples: examples.map(({ input }, index) => ({ input, output: answers[index] ?? '' })),
    input: parts.input === '' ? lastParagraph(parts) : parts.input,
    documents: [
      ...systemParts.flatMap((part) => part.documents),
      ...parts.documents,
      ...toolResults.map(({ text }, index) => ({ id: `tool-${index + 1}`, text })),
    ],
    strays: parts.strays,
    demands,
    form,
    labelSet: form === undefined ? labelSetOf(instruction, answers) : undefined,
    answerName: parts.answerName ?? 'answer',
    corrected: sentBack[0]?.answer,
    faults: faultsOf(sentBack),
  }
}

function labelSetOf(instruction: string, answers: readonly string[]): LabelSet | undefined {
  const key = [instruction, ...answers].join('\u0000')
  return labelSets.get(key, () => ({ labelSet: readLabelSet(instruction, answers) })).labelSet
}

/** A prompt that lists labels wants one of them, whatever keys its reply has besides, unless a schema says what belongs under each. */
function formOf(instruction: string, blocks: readonly string[], shown: readonly string[]): Form | undefined {
  const key = [instruction, ...blocks, '', ...shown].join('\u0000')
  return forms.get(key, () => {
    const { jsonKeys: keys } = demandsOf.get(instruction, readDemands)
    const form = readForm({ instruction, blocks, keys, shown })
    if (form === undefined || form.isSchema) return { form }
    const names = new Set(form.fields.flatMap(({ name, shape }) => [name, ...choicesOf(shape)]))
    const labels = labelSetOf(instruction, [])?.labels ?? []
    return { form: labels.every((label) => names.has(label)) ? form : undefined }
  }).form
}

/** Earlier turns of user and assistant are examples of what is wanted. */
function shownTurns(talk: readonly Message[], lastUser: number): Example[] {
  return talk.slice(0, Math.max(0, lastUser)).flatMap(({ role, text }, index) => {
    const reply = talk[index + 1]
    if (role !== 'user' || reply?.role !== 'assistant') return []
    const { input, instruction } = readParts(text)
    return [{ input: input === '' ? instruction : input, output: reply.text.trim() }]
  })
}

/** A last turn that sends an answer back is not a new task: the turn before it is. */
function withoutCorrection(turns: readonly Message[]): {
  turns: readonly Message[]
  /** The latest first. */
  sentBack: readonly SentBack[]
} {
  let kept = turns
  const sentBack: SentBack[] = []
  while (kept.length >= 3 && kept.at(-2)?.role === 'assistant' && CORRECTION.test(kept.at(-1)?.text ?? '')) {
    sentBack.push({ answer: kept.at(-2)?.text ?? '', fault: kept.at(-1)?.text ?? '' })
    kept = kept.slice(0, -2)
  }
  return { turns: kept, sentBack }
}

/** An example's answer may be an object with the label in it. */
function labelOf(output: string): string {
  if (!output.startsWith('{')) return output
  const quoted = /:\s*"([^"]*)"/.exec(output)?.[1]
  return quoted ?? output
}

/** With no section for it, the input is the last paragraph of the free text. */
function lastParagraph(parts: Parts): string {
  return (
    parts.instruction
      .trim()
      .split(/\n\s*\n/)
      .at(-1)
      ?.trim() ?? ''
  )
}
