import type { Assertion } from '../model/assertion.ts'
import { DETERMINISTIC_TYPES, MODEL_GRADED_TYPES } from '../suite/config/catalog.ts'

const deterministic = new Set(DETERMINISTIC_TYPES)
// promptfoo's own scoring service grades `pi`, not a provider.
const modelGraded = new Set([...MODEL_GRADED_TYPES.filter((type) => type !== 'pi'), 'select-best'])
const CODE = new Set(['javascript', 'python', 'ruby'])

/** `not-contains` → `contains`. */
export function baseType(type: string): string {
  return type.startsWith('not-') ? type.slice('not-'.length) : type
}

export function isInverse({ type }: Assertion): boolean {
  return type.startsWith('not-')
}

/** Needs a grader. */
export function isModelGraded(type: string): boolean {
  return modelGraded.has(baseType(type))
}

/** Sees nothing but the reply and the vars. */
export function isDeterministic(type: string): boolean {
  return deterministic.has(baseType(type))
}

/** Its value is code. */
export function isCode(type: string): boolean {
  return CODE.has(baseType(type))
}

/** Judges the replies of all columns together, once they are all there. */
export function isComparison(type: string): boolean {
  return type === 'select-best' || type === 'max-score'
}
