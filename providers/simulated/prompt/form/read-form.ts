import { roleOf } from '../role.ts'
import { choicesIn } from './choices.ts'
import { fieldsOfSchema } from './json-schema.ts'
import { objectsIn, parseObject } from './objects.ts'
import { fieldsOfExamples, fieldsOfSample } from './sample.ts'
import type { Field, Form, Shape } from './shape.ts'
import { merged, mergedFields, OPEN } from './shape.ts'

interface Said {
  readonly instruction: string
  /** Blocks that hold nothing but the form: a schema, a template. */
  readonly blocks: readonly string[]
  /** Keys that the instruction names; undefined where it asks for no JSON. */
  readonly keys: readonly string[] | undefined
  /** Answers of the prompt's examples. */
  readonly shown: readonly string[]
}

/** `- name: what belongs there`. */
const DEFINITION = /^[ \t]*[-*•][ \t]*["'`*]{0,2}([A-Za-z][\w-]{0,40})["'`*]{0,2}[ \t]*[:–—][ \t]+(\S.*)$/gm

/**
 * The object that a prompt wants filled in with details of a text. Undefined where it wants one answer, be it with a reason or a source
 * beside it: at least two of the keys must ask for details.
 */
export function readForm(said: Said): Form | undefined {
  const objects = [...said.blocks, said.instruction].flatMap(objectsIn)
  const schema = objects.map(fieldsOfSchema).find((fields) => fields !== undefined)
  const answers = said.shown.map(parseObject)
  const isShown = answers.length > 0 && answers.every((answer) => answer !== undefined)
  if (schema === undefined && said.keys === undefined && !isShown) return undefined
  const template = objects.find((object) => Object.keys(object).length > 1)
  const named = (said.keys ?? []).map((name) => ({ name, description: '', shape: OPEN }))
  const written = schema ?? (template === undefined ? named : fieldsOfSample(template))
  const shown = isShown ? fieldsOfExamples(answers.filter((answer) => answer !== undefined)) : []
  const all = mergedFields(written, written.length > 0 ? shown.filter(isAmong(written)) : shown)
  const fields = defined(all, said.instruction)
  const details = fields.filter(({ name }) => roleOf(name) === undefined)
  return details.length < 2 ? undefined : { fields, isSchema: schema !== undefined }
}

function isAmong(fields: readonly Field[]): (field: Field) => boolean {
  const names = new Set(fields.map(({ name }) => name))
  return ({ name }) => names.has(name)
}

/** With what the instruction's bullets say of each field. */
function defined(fields: readonly Field[], instruction: string): Field[] {
  const definitions = new Map<string, string>()
  for (const [, name = '', definition = ''] of instruction.matchAll(DEFINITION))
    definitions.set(name, definition)
  return fields.map((field) => {
    const description = field.description === '' ? (definitions.get(field.name) ?? '') : field.description
    return { ...field, description, shape: withChoices(field, description) }
  })
}

/** A field whose description lists its values has these, or several of them where its name is a plural. */
function withChoices({ name, shape }: Field, description: string): Shape {
  const choices = choicesIn(description)
  if (choices.length === 0) return shape
  const choice: Shape = { kind: 'choice', choices }
  if (shape.kind === 'list') {
    return shape.of.kind === 'object' ? shape : { kind: 'list', of: merged(choice, shape.of) }
  }
  if (shape.kind === 'open' && isPlural(name)) return { kind: 'list', of: choice }
  return shape.kind === 'open' || shape.kind === 'text' ? choice : shape
}

/** By its last letter: a name is all there is to go by. */
export function isPlural(name: string): boolean {
  return /[^s]s$|ies$/i.test(name)
}
