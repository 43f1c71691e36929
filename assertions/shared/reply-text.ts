import { isTooDeep } from './json-depth.ts'

/** A reply as text: what is no string is its JSON, `''` where there is none, or where it is nested too deep to be written. */
export function replyText(output: unknown): string {
  if (typeof output === 'string') return output
  return output === undefined || output === null || isTooDeep(output) ? '' : (JSON.stringify(output) ?? '')
}
