import type { Example } from '../learn/classifier.ts'
import type { Section } from './sections.ts'
import { readSections } from './sections.ts'
import { straysOf } from './strays.ts'

/** A source the prompt supplies, with the name it goes by. */
export interface Document {
  readonly id: string
  readonly text: string
}

/** A text prompt taken apart by what each section is for. */
export interface Parts {
  /** Free text that says what to do. */
  readonly instruction: string
  readonly examples: readonly Example[]
  /** What is to be answered; the question, where there is one. */
  readonly input: string
  readonly documents: readonly Document[]
  /** The heading the answer is to stand under (`Sentiment:` at the very end). */
  readonly answerName: string | undefined
  /** Text that follows the faked end of a block. */
  readonly strays: readonly string[]
  /** Blocks that hold a schema or a template of the answer. */
  readonly forms: readonly string[]
}

const DOCUMENT =
  /^(?:documents?|docs?|contexts?|passages?|sources?|articles?|contracts?|excerpts?|search results?|tool[ _]results?|knowledge|references?)(?: ?#?[\w-]+)?$/
const QUESTION = /^(?:question|query|q|user question|customer question)$/
const FORM = /^(?:(?:json|output|answer|response)[ _])?(?:schema|template|format)$/
const EXAMPLE = /^(?:examples?|demonstrations?|shot|few shot)(?: ?\d+)?$/

/** Tells a prompt's sections apart: instruction, documents, examples, and the input they are to be applied to. */
export function readParts(text: string): Parts {
  const sections = readSections(text)
  const ending = sections.at(-1)
  const answer = ending?.kind === 'field' && ending.text.trim() === '' ? ending : undefined
  const body = answer === undefined ? sections : sections.slice(0, -1)
  const documents: Document[] = []
  const examples: Example[] = []
  const instruction: string[] = []
  const forms: string[] = []
  let pending: Section[] = []
  const answerName = answer?.name ?? repeatedAnswer(body)
  for (const section of body) {
    if (section.kind === 'text') instruction.push(section.text)
    else if (section.kind === 'block' && isForm(section)) forms.push(section.text)
    else if (section.kind === 'block' && EXAMPLE.test(section.name))
      examples.push(...readExamples(section.text))
    else if (DOCUMENT.test(section.name)) documents.push(...readDocuments(section))
    else if (section.name === answerName && pending.length > 0) {
      examples.push({ input: inputOf(pending), output: firstLine(section.text) })
      pending = []
    } else pending.push(section)
  }
  const asked = pending.findLast(({ name }) => QUESTION.test(name))
  const input = asked === undefined ? inputOf(pending) : firstParagraph(asked.text)
  return {
    instruction: instruction.join('\n'),
    examples,
    input,
    documents,
    answerName: answer?.name,
    strays: straysOf(text, body),
    forms,
  }
}

/** Named as one, or a bare fence with a JSON Schema. */
function isForm({ name, text }: Section): boolean {
  return FORM.test(name) || (name === '' && /^\{[^]*"properties"\s*:/.test(text))
}

/** The block if there is one, else everything from the first heading on. */
function inputOf(sections: readonly Section[]): string {
  const block = sections.findLast(({ kind }) => kind === 'block')
  if (block !== undefined) return block.text
  return sections
    .map(({ name, text }, index) => (index === 0 ? text : `${name}: ${text}`))
    .join('\n')
    .trim()
}

/** Without an empty heading at the end: a heading that comes again and again, always second to the same other one. */
function repeatedAnswer(sections: readonly Section[]): string | undefined {
  const named = sections.filter(({ kind }) => kind !== 'text')
  const second = named[1]
  const repeats = named.filter(
    ({ name }, index) => name === second?.name && named[index - 1]?.name === named[0]?.name,
  )
  const isPair = second !== undefined && second.name !== named[0]?.name && second.name !== ''
  return isPair && repeats.length > 1 ? second.name : undefined
}

/** Pairs inside an `<example>` or `<examples>`: nested tags, the last one being the answer, or headings. */
function readExamples(text: string): Example[] {
  const sections = readSections(text)
  const nested = sections.filter(({ kind, name }) => kind === 'block' && EXAMPLE.test(name))
  if (nested.length > 0) return nested.flatMap((section) => readExamples(section.text))
  const pieces = sections.filter(({ kind }) => kind !== 'text')
  const output = pieces.at(-1)
  return output === undefined || pieces.length < 2
    ? []
    : [{ input: inputOf(pieces.slice(0, -1)), output: output.text.trim() }]
}

function readDocuments(section: Section): Document[] {
  const nested = readSections(section.text).filter(
    ({ kind, name }) => kind === 'block' && DOCUMENT.test(name),
  )
  if (nested.length > 0) return nested.flatMap(readDocuments)
  const numbered = section.text.split(/^(?=\[\d+\] |Document \d+:)/m).filter((text) => text.trim() !== '')
  if (numbered.length > 1)
    return numbered.map((text) => ({ id: /\d+/.exec(text)?.[0] ?? '', text: unnumbered(text) }))
  const named = /(?:id|index|name|title|source)="([^"]*)"/.exec(section.attributes)?.[1]
  return [{ id: named ?? /[\w-]+$/.exec(section.name)?.[0] ?? section.name, text: section.text.trim() }]
}

function unnumbered(text: string): string {
  return text.replace(/^(?:\[\d+\]|Document \d+:)\s*/, '').trim()
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0]?.trim() ?? ''
}

function firstParagraph(text: string): string {
  return (
    text
      .trim()
      .split(/\n\s*\n/, 1)[0]
      ?.trim() ?? ''
  )
}
