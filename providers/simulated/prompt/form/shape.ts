/** An object that a prompt asks for, as far as the prompt says what it looks like. */
export interface Form {
  readonly fields: readonly Field[]
  /** A JSON Schema says so; else a template, examples, or names alone. */
  readonly isSchema: boolean
}

export interface Field {
  readonly name: string
  /** What the prompt says of it besides its name; empty where it says nothing. */
  readonly description: string
  readonly shape: Shape
}

/** What a value is to look like. */
export type Shape =
  | { readonly kind: 'object'; readonly fields: readonly Field[] }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'choice'; readonly choices: readonly Choice[] }
  | { readonly kind: 'number' }
  | { readonly kind: 'truth' }
  /** `2025-04-01`, whatever the text writes. */
  | { readonly kind: 'date' }
  | { readonly kind: 'text' }
  /** Nobody said. */
  | { readonly kind: 'open' }

/** One of the values that a field may have. */
export interface Choice {
  readonly value: string
  readonly description: string
}

/** The values that a field may have, or a list of it. */
export function choicesOf(shape: Shape): string[] {
  if (shape.kind === 'list') return choicesOf(shape.of)
  return shape.kind === 'choice' ? shape.choices.map(({ value }) => value) : []
}

export const OPEN: Shape = { kind: 'open' }

/** What two sources say of the same value: the one that says more is believed. */
export function merged(left: Shape, right: Shape): Shape {
  if (left.kind === 'open') return right
  if (right.kind === 'open') return left
  if (left.kind === 'list' && right.kind === 'list') return { kind: 'list', of: merged(left.of, right.of) }
  if (left.kind === 'object' && right.kind === 'object') {
    return { kind: 'object', fields: mergedFields(left.fields, right.fields) }
  }
  if (left.kind === right.kind) return left
  return right.kind === 'text' || left.kind === 'list' || left.kind === 'object' ? left : right
}

export function mergedFields(left: readonly Field[], right: readonly Field[]): Field[] {
  const others = new Map(right.map((field) => [field.name, field]))
  const both = left.map((field) => {
    const other = others.get(field.name)
    others.delete(field.name)
    if (other === undefined) return field
    const description = field.description === '' ? other.description : field.description
    return { ...field, description, shape: merged(field.shape, other.shape) }
  })
  return [...both, ...others.values()]
}
