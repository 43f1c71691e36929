import type { Assertion } from '../../model/assertion.ts'
import type { Configure } from '../../model/custom-check.ts'
import { fail } from '../../suite/config/fail.ts'
import type { UserFunction } from '../../suite/user-code.ts'
import { baseType, isCode } from '../assertion-kind.ts'
import { isReference } from './file-value.ts'
import { exactly } from './literal.ts'
import type { CheckPlace, Tools } from '../tools.ts'

/** An assertion's value, ready for promptfoo; or the function that makes it, reply by reply. */
export type PreparedValue =
  | { readonly value: unknown }
  | { readonly script: UserFunction; readonly configure?: Configure | undefined }

/**
 * Loads what a value refers to, and makes sure that promptfoo does not render data. In a data file only code may be
 * referred to: elsewhere a `file://` is a text like any other.
 * @throws HarnessError `suite` at `at` for a file that is missing or cannot be used
 */
export async function prepareValue(
  assertion: Assertion,
  { at, literal }: CheckPlace,
  tools: Tools,
): Promise<PreparedValue> {
  const { type, value } = assertion
  // Read as they are, never rendered.
  if (baseType(type) === 'moderation') return { value }
  if (isReference(value) && (!literal || isCode(type))) {
    const file = await tools.files.load(value, at)
    switch (file.kind) {
      case 'script':
        if (['python', 'ruby'].includes(baseType(type))) {
          throw fail('suite', `\`${type}\` cannot run ${value}`, at, 'use `type: javascript`')
        }
        return { script: file.call, configure: file.configure }
      case 'foreign':
        return { value: file.ref }
      case 'data':
        return { value: exactly(file.value) }
    }
  }
  if (literal) return { value: exactly(value) }
  if (Array.isArray(value) && value.some(isReference)) {
    return { value: await Promise.all(value.map((item: unknown) => loadItem(item, { at, literal }, tools))) }
  }
  return { value }
}

async function loadItem(item: unknown, { at }: CheckPlace, tools: Tools): Promise<unknown> {
  if (!isReference(item) || item.startsWith('package:')) return item
  const file = await tools.files.load(item, at)
  if (file.kind !== 'data') throw fail('suite', `a list of values cannot hold code: ${item}`, at)
  return exactly(file.value)
}
