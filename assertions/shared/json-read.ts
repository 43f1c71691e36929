import { MOST_LEVELS, tooDeepAt } from './json-depth.ts'
import { faultIn } from './json-fault.ts'
import type { JsonFault } from './json-fault.ts'

/** A text that is JSON and nothing else, space around it apart. */
export function readJson(text: string): { readonly value: unknown } | { readonly fault: JsonFault } {
  const body = text.trim()
  const read = readBody(body)
  return 'value' in read ? read : { fault: { ...read.fault, at: text.indexOf(body) + read.fault.at } }
}

function readBody(body: string): { readonly value: unknown } | { readonly fault: JsonFault } {
  const deep = tooDeepAt(body)
  if (deep !== undefined)
    return { fault: { says: `the JSON is nested deeper than ${MOST_LEVELS} levels`, at: deep, isJson: true } }
  try {
    // The engine's own parser keeps a key `__proto__` as a key.
    const value: unknown = JSON.parse(body)
    const fault = faultIn(body)
    return fault === undefined ? { value } : { fault }
  } catch {
    return { fault: faultIn(body) ?? { says: 'this is not valid JSON', at: 0, isJson: false } }
  }
}
