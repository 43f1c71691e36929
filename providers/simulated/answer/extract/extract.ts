import type { Field, Form } from '../../prompt/form/shape.ts'
import { isPlural } from '../../prompt/form/read-form.ts'
import type { Reading } from '../../prompt/read-prompt.ts'
import { roleOf } from '../../prompt/role.ts'
import { pickOut, predicateOf } from '../pick-out.ts'
import type { Setting } from '../reply.ts'
import { contentWords } from '../text.ts'
import { chooseAll, chooseOne } from './choose.ts'
import { findAll, findOne } from './find.ts'
import { kindOf } from './kinds.ts'
import type { Mention } from './mention.ts'
import type { Passage } from './passages.ts'
import { heeded } from './passages.ts'
import { rendered } from './render.ts'
import { covers, partsOf } from './words.ts'

/** What an object's values are looked for in. */
interface Search {
  readonly reading: Reading
  readonly setting: Setting
  readonly text: string
  readonly passages: readonly Passage[]
}

/** An object filled in with details of the text that the prompt supplies, each in the shape that the prompt asks for or shows. */
export function extract(form: Form, reading: Reading, setting: Setting): Record<string, unknown> {
  const { documents, input } = reading
  const text = documents.length === 0 ? input : documents.map((document) => document.text).join('\n')
  const passages = heeded(text, setting.profile, setting.random)
  return filled(form.fields, { reading, setting, text, passages })
}

function filled(fields: readonly Field[], search: Search): Record<string, unknown> {
  return Object.fromEntries(fields.map((field) => [field.name, valueOf(field, search)]))
}

function valueOf(field: Field, search: Search): unknown {
  const { shape, name, description } = field
  const { passages, setting, reading, text } = search
  if (shape.kind === 'choice') {
    return chooseOne(field, shape.choices, text, reading.examples, setting) ?? null
  }
  if (shape.kind === 'list' && shape.of.kind === 'choice') {
    return chooseAll(field, shape.of.choices, passages, reading.examples, setting)
  }
  const kind = kindOf(name, description)
  const isList = shape.kind === 'list' || (shape.kind === 'open' && isPlural(name))
  if (isList) {
    if (kind === undefined) return []
    const item = shape.kind === 'list' ? shape.of : shape
    return findAll(field, kind, passages, setting).map((mention) => rendered(mention, item))
  }
  if (kind !== undefined) {
    const rejected = reading.faults.rejected.get(name) ?? []
    const isOut = (mention: Mention): boolean => rejected.includes(String(rendered(mention, shape)))
    const mention = findOne(field, kind, passages, setting, isOut)
    return mention === undefined ? null : rendered(mention, shape)
  }
  return otherValue(field, search)
}

/** A detail of no kind that is known: by the sentence that speaks of it. */
function otherValue({ shape, name, description }: Field, search: Search): unknown {
  if (shape.kind === 'object') {
    const inner = shape.fields.map((field) => ({
      ...field,
      description: field.description || `${name} ${description}`,
    }))
    return filled(inner, search)
  }
  const { profile } = search.setting
  const asked = [...new Set([...partsOf(name), ...contentWords(description)])]
  const ranked = search.passages
    .map((passage) => ({
      passage,
      shared: asked.filter((stem) => passage.words.some((word) => covers(stem, word.stem, profile))).length,
    }))
    .toSorted((left, right) => right.shared - left.shared)
  const best = ranked[0]?.shared === 0 ? undefined : ranked[0]?.passage.text
  if (shape.kind === 'truth') return best !== undefined
  const role = roleOf(name)
  if (role === 'confidence')
    return Math.round((100 * (ranked[0]?.shared ?? 0)) / Math.max(1, asked.length)) / 100
  if (role === 'source') return search.reading.documents[0]?.id ?? null
  if (role === 'reason') return best ?? search.passages[0]?.text ?? ''
  if (shape.kind === 'number') return numberIn(best)
  const about = `${name.replaceAll(/[_-]+/g, ' ')} ${description}`
  return pickOut(best ?? search.text, about) ?? (best === undefined ? null : (predicateOf(best) ?? best))
}

function numberIn(text: string | undefined): number | null {
  const digits = /-?\d[\d,]*(?:\.\d+)?/.exec(text ?? '')?.[0]
  return digits === undefined ? null : Number(digits.replaceAll(',', ''))
}
