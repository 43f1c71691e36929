import type { Field, Shape } from './shape.ts'
import { merged, mergedFields, OPEN } from './shape.ts'

const DEEPEST = 12
const ISO_DATE = /^(?:\d{4}-\d{2}-\d{2}|YYYY-MM-DD)$/
/** A template's way to list what may stand there: `"low | medium | high"`. */
const ALTERNATIVES = /^[\w-]+(?:\s*\|\s*[\w-]+)+$/

/** The fields of an object that shows by its values what is wanted: a template, or an example's answer. */
export function fieldsOfSample(sample: Readonly<Record<string, unknown>>, depth = 0): Field[] {
  return Object.entries(sample).map(([name, value]) => ({
    name,
    description: typeof value === 'string' && value.includes(' ') ? value : '',
    shape: shapeOf(value, depth + 1),
  }))
}

/** What the answers of several examples show together. */
export function fieldsOfExamples(answers: readonly Readonly<Record<string, unknown>>[]): Field[] {
  const shown = answers.map((answer) => fieldsOfSample(answer).map(undescribed))
  return shown.reduce<Field[]>((known, fields) => mergedFields(known, fields), [])
}

/** An example's text is an answer, and says nothing of its field. */
function undescribed({ name, shape }: Field): Field {
  return { name, description: '', shape }
}

function shapeOf(value: unknown, depth: number): Shape {
  if (depth > DEEPEST) return OPEN
  if (typeof value === 'number') return { kind: 'number' }
  if (typeof value === 'boolean') return { kind: 'truth' }
  if (typeof value === 'string') return shapeOfText(value)
  if (Array.isArray(value)) {
    return { kind: 'list', of: value.map((item) => shapeOf(item, depth + 1)).reduce(merged, OPEN) }
  }
  if (typeof value !== 'object' || value === null) return OPEN
  return { kind: 'object', fields: fieldsOfSample(value as Record<string, unknown>, depth) }
}

function shapeOfText(value: string): Shape {
  if (ISO_DATE.test(value)) return { kind: 'date' }
  if (/^<?(?:number|integer)>?$/.test(value)) return { kind: 'number' }
  if (/^<?boolean>?$/.test(value)) return { kind: 'truth' }
  if (value === '' || value === '...' || value === '…') return OPEN
  if (!ALTERNATIVES.test(value)) return { kind: 'text' }
  return {
    kind: 'choice',
    choices: value.split('|').map((choice) => ({ value: choice.trim(), description: '' })),
  }
}
