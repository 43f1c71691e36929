import { replyJson } from '../shared/json.ts'
import { ownWords, withoutCode } from '../shared/prose.ts'
import { replyText } from '../shared/reply-text.ts'

/**
 * What of a reply has a language: its words without code, addresses and, unless they are judged, quotations. Of JSON it is the texts in it,
 * whose keys are the suite's; a reply that is one quotation all through is still its own word.
 */
export function wordsToJudge(output: unknown, quotes: 'ignore' | 'judge'): string {
  const text = textsOfJson(output)?.join('\n') ?? replyText(output)
  const words = withoutCode(text)
  if (quotes === 'judge') return words
  const own = ownWords(text)
  return /\p{L}/u.test(own) ? own : words
}

/** Undefined for a reply that is no JSON, or in which JSON stands among words. */
function textsOfJson(output: unknown): readonly string[] | undefined {
  if (typeof output === 'string' && !/^\s*(?:[[{]|```json\b)/i.test(output)) return undefined
  const json = replyJson(output)
  return 'error' in json || json.how === 'prose' ? undefined : textsIn(json.value)
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}
