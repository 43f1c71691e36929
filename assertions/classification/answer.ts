import { replyJson } from '../shared/json.ts'
import { quoted } from '../shared/quote.ts'
import { replyText } from '../shared/reply-text.ts'
import { valueAt } from '../shared/at-path.ts'
import type { NamedLabel } from '../shared/label-set.ts'
import { confidenceOf } from './confidence.ts'
import type { Config } from './config.ts'
import { ABSTAINED } from './config.ts'

/** What a reply answers. */
export type Answer =
  | (NamedLabel & { readonly confidence?: number; readonly remark?: string })
  /** Why there is no label in it. */
  | { readonly problem: string }

export function answerOf(output: unknown, config: Config): Answer {
  if (config.from === 'text') return named(replyText(output), config)
  const json = replyJson(output)
  if ('error' in json) return { problem: json.error }
  const label = valueAt(json.value, config.path)
  if (label === undefined || label === null) return { problem: `the JSON has no \`${config.path}\`` }
  if (typeof label !== 'string' && typeof label !== 'number' && typeof label !== 'boolean')
    return {
      problem: `\`${config.path}\` is ${Array.isArray(label) ? 'a list' : 'an object'}, a label was expected`,
    }
  const answer = named(String(label), config)
  if ('problem' in answer || config.confidence === undefined) return answer
  return { ...answer, ...confidenceOf(valueAt(json.value, config.confidence), config.confidence) }
}

function named(text: string, { answers, labels, strict }: Config): Answer {
  if (text.trim() === '') return { problem: `the reply is empty; one of ${labels.join(', ')} was expected` }
  const exact = answers.exactly(text)
  if (exact !== undefined) return exact
  const found = answers.namedIn(text)
  const [only] = found
  if (only === undefined) return { problem: `names none of the labels ${labels.join(', ')}: ${quoted(text)}` }
  // "Unsure: positive or negative" leaves it open; "unsure, perhaps positive" says two things.
  const abstention = found.length > 2 ? found.find(({ label }) => label === ABSTAINED) : undefined
  if (abstention !== undefined && !strict) return abstention
  if (found.length > 1) {
    const names = found.map(({ label }) => label)
    return { problem: `names ${names.length} labels, ${names.join(' and ')}: ${quoted(text)}` }
  }
  return strict ? { problem: `names ${only.label}, but not by itself: ${quoted(text)}` } : only
}
