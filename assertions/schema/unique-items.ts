import type { FuncKeywordDefinition } from 'ajv'
import { canonicalJson } from '../shared/canonical-json.ts'

/** `uniqueItems` in linear time: the library's own compares every pair, which a long list of objects makes endless. */
export const uniqueItems: FuncKeywordDefinition = {
  keyword: 'uniqueItems',
  type: 'array',
  schemaType: 'boolean',
  errors: false,
  error: { message: 'must not have the same item twice' },
  validate: (isUnique: boolean, list: readonly unknown[]) =>
    !isUnique || new Set(list.map(canonicalJson)).size === list.length,
}
