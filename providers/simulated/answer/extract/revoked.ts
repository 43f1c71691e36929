import type { Mention } from './mention.ts'

/** Said of what no longer holds, or never came to hold. */
const REVOKED =
  /\b(?:no longer (?:appl\w+|holds?|valid)|(?:is|are|was|were|been|become) (?:void|cancelled|canceled|superseded|replaced|dropped|given up|withdrawn|deleted|postponed)|has no effect|(?:was|were) to be|had (?:first|originally)|in (?:its|their) (?:place|stead))\b/i
/** Said of what holds in its place, in the same breath. */
const CURRENT = /\b(?:now|takes? effect|(?:is|are|becomes?) effective|instead|new)\b/i
const BREATH = /[;:,]/

/** Whether a sentence takes a detail back: "the sum of 500 that stood in the draft no longer applies". */
export function isRevoked(sentence: string, mention: Mention): boolean {
  if (!REVOKED.test(sentence)) return false
  const before = sentence.slice(0, mention.start).split(BREATH).at(-1) ?? ''
  const breath = `${before} ${mention.verbatim}`
  return REVOKED.test(breath) || !CURRENT.test(breath)
}
