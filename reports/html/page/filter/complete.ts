import { lex } from './lexer.ts'
import { isPlainKey, quoteValue } from './print.ts'
import { exampleOf } from './quantity.ts'
import { FIGURES, isFigureName, isNamed, NAMED, STATUSES } from './term.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Something that may stand where the caret is. */
export interface Completion {
  /** What is shown, and what it is about. */
  readonly label: string
  readonly about: string
  /** The filter with it, and where the caret is then. */
  readonly text: string
  readonly caret: number
}

/** Completions shown at a time. */
const SHOWN = 12

const ABOUT: Readonly<Record<string, string>> = {
  status: 'regressed, failed, flaky …',
  model: 'by its label',
  prompt: 'by its label',
  tag: 'of the case',
  case: 'id or description',
  file: 'of the case',
  score: '0.5, <0.5',
  latency: 'ms, or 2s',
  ttft: 'time to first token',
  cost: 'USD',
  attempts: 'calls, with retries',
  tokens: 'in and out',
  repeat: 'from 1',
}

/** What may stand at the caret: keys, or the names that a key knows. Empty inside quotes and free text. */
export function complete(text: string, caret: number, vocabulary: Vocabulary): Completion[] {
  const before = text.slice(0, caret)
  const lexeme = lex(before).at(-1)
  const open = lexeme !== undefined && lexeme.end === before.length && !/\s$/.test(before)
  const negation = open && lexeme.negated ? 1 : 0
  if (!open || lexeme.key === undefined) {
    const start = open ? lexeme.start + negation : caret
    return fitting(keysOf(vocabulary), before.slice(start)).map((key) =>
      completion(`${key}:`, ABOUT[key] ?? 'metric', replaced(text, start, caret, `${key}:`, '')),
    )
  }
  const key = lexeme.key
  const last = lexeme.values.at(-1) ?? []
  const typed = last.map((piece) => piece.text).join('')
  const start = valueStart(before, lexeme.start)
  const named = valuesOf(key.toLowerCase(), vocabulary)
  if (named.length === 0) return []
  return fitting(named, typed).map((value) =>
    completion(value, '', replaced(text, start, caret, quoteValue(value), ' ')),
  )
}

function completion(
  label: string,
  about: string,
  { text, caret }: Pick<Completion, 'text' | 'caret'>,
): Completion {
  return { label, about, text, caret }
}

function keysOf({ metrics }: Vocabulary): string[] {
  return ['status', ...NAMED, ...FIGURES, ...metrics.filter(isPlainKey)]
}

function valuesOf(key: string, vocabulary: Vocabulary): readonly string[] {
  if (key === 'status') return STATUSES
  if (isNamed(key)) return vocabulary.names(key)
  if (key === 'metric') return vocabulary.metrics
  if (!isFigureName(key)) return vocabulary.metrics.includes(key) ? [exampleOf({ of: 'score' }), 'none'] : []
  return [exampleOf({ of: key }), 'none']
}

/** Those that begin so first, then those that hold it; none where the only one is typed already. */
function fitting(names: readonly string[], typed: string): string[] {
  const wanted = typed.toLowerCase()
  const starting: string[] = []
  const holding: string[] = []
  for (const name of names) {
    const folded = name.toLowerCase()
    if (folded.startsWith(wanted)) starting.push(name)
    else if (holding.length < SHOWN && folded.includes(wanted)) holding.push(name)
    if (starting.length >= SHOWN) break
  }
  const all = [...starting, ...holding].slice(0, SHOWN)
  return all.length === 1 && all[0] === typed ? [] : all
}

/** Where the last value of a token begins: after its last comma outside quotes, or its colon. */
function valueStart(before: string, start: number): number {
  let quoted = false
  let from = start
  let keyed = false
  for (let at = start; at < before.length; at++) {
    if (quoted && before[at] === '\\') at++
    else if (before[at] === '"') quoted = !quoted
    else if (!quoted && !keyed && before[at] === ':') {
      keyed = true
      from = at + 1
    } else if (!quoted && keyed && before[at] === ',') from = at + 1
  }
  return from
}

function replaced(text: string, start: number, end: number, by: string, after: string) {
  const rest = text.slice(end)
  const gap = after !== '' && rest.startsWith(after) ? '' : after
  const head = `${text.slice(0, start)}${by}${gap}`
  return { text: head + rest, caret: head.length + (gap === after ? 0 : after.length) }
}
