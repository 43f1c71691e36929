import type { Choice, Field, Shape } from '../../prompt/form/shape.ts'
import { stem } from '../text.ts'
import type { Mention } from './mention.ts'

/** A detail in the shape that is wanted; as the text has it, where nobody said. */
export function rendered(mention: Mention, shape: Shape): unknown {
  switch (shape.kind) {
    case 'date':
      return mention.iso ?? null
    case 'number':
      return mention.number ?? null
    case 'object':
      return Object.fromEntries(shape.fields.map((field) => [field.name, partOf(mention, field)]))
    case 'choice':
      return chosen(shape.choices, mention)
    case 'list':
      return [rendered(mention, shape.of)]
    case 'truth':
      return true
    case 'text':
      return mention.bare
    case 'open':
    default:
      return mention.verbatim
  }
}

function partOf(mention: Mention, { name, description, shape }: Field): unknown {
  if (shape.kind === 'choice') return chosen(shape.choices, mention)
  if (/currency|unit/i.test(`${name} ${description}`) && shape.kind !== 'number') return mention.unit ?? null
  if (/amount|value|number|count|quantity/i.test(name) && shape.kind !== 'text') return mention.number ?? null
  return rendered(mention, shape)
}

function chosen(choices: readonly Choice[], { unit = '', bare }: Mention): string | null {
  const stems = new Set([unit, bare].map((text) => stem(text.toLowerCase())))
  return choices.find(({ value }) => stems.has(stem(value.toLowerCase())))?.value ?? null
}
