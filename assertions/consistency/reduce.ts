import { createHash } from 'node:crypto'
import { valueAt } from '../shared/at-path.ts'
import { skeleton } from '../shared/confusables.ts'
import { replyJson } from '../shared/json.ts'
import { labelSetOf } from '../shared/label-set.ts'
import { quoted } from '../shared/quote.ts'
import { replyText } from '../shared/reply-text.ts'
import { canonicalJson } from '../shared/canonical-json.ts'
import type { Config } from './config.ts'
import { chosenOption } from './option.ts'
import { onlyNumber } from './number.ts'

/** A reply reduced to what is compared, or why it cannot be. */
export type Reduced = { readonly answer: string } | { readonly problem: string }

/** How replies of a case are reduced: the config's way, with the case's own options. */
export interface Way extends Pick<Config, 'by' | 'labels' | 'path'> {
  readonly options?: readonly string[]
}

/** The way of a config, before a case adds its options. */
export function wayIn({ by, labels, path }: Config): Way {
  return { by, ...(labels && { labels }), ...(path !== undefined && { path }) }
}

export function reduced(output: unknown, way: Way): Reduced {
  if (way.by === 'json') return atPath(output, way.path)
  const text = replyText(output)
  if (text.trim() === '') return { problem: 'the reply is empty' }
  return byText(text, way)
}

/** An answer that the suite writes, reduced as the replies are: at their path stands the answer alone. */
export function reducedAsWritten(answer: unknown, way: Way): Reduced {
  return way.by === 'json' ? { answer: short(canonicalJson(answer)) } : reduced(answer, way)
}

function byText(text: string, { by, labels, options }: Way): Reduced {
  if (by === 'exact') return { answer: short(text.trim()) }
  if (by === 'number') return onlyNumber(text)
  if (by === 'option') return chosenOption(text, options ?? [])
  if (by === 'label' && labels !== undefined) {
    const set = labelSetOf(labels, 'labels')
    const exact = set.exactly(text)
    const named = exact === undefined ? set.namedIn(text) : [exact]
    const [only] = named
    if (only !== undefined && named.length === 1) return { answer: only.label }
    return {
      problem: `names ${named.length === 0 ? 'none' : 'more than one'} of the labels: ${quoted(text)}`,
    }
  }
  const plain = normal(text)
  return plain === ''
    ? { problem: `there is no word in the reply: ${quoted(text)}` }
    : { answer: short(plain) }
}

function atPath(output: unknown, path: string | undefined): Reduced {
  const json = replyJson(output)
  if ('error' in json) return { problem: json.error }
  const value = path === undefined ? json.value : valueAt(json.value, path)
  if (value === undefined) return { problem: `the JSON has no \`${path ?? ''}\`` }
  return { answer: short(canonicalJson(value)) }
}

/** Without case, look-alike letters, punctuation and white space; signs of numbers and currencies stay. */
function normal(text: string): string {
  return skeleton(text)
    .replaceAll(/(?<=\p{N})[.,](?=\p{N})/gu, '·')
    .replaceAll(/-(?!\p{N})|(?<=[\p{L}\p{N}])-/gu, ' ')
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{Sc}%+·-]+/gu, ' ')
    .trim()
}

const LONGEST = 120

/** An answer is recorded with every reply: of a long one a beginning and a digest. */
function short(text: string): string {
  if (text.length <= LONGEST) return text
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 16)
  return `${text.slice(0, LONGEST).toWellFormed()}… (sha256 ${digest})`
}
