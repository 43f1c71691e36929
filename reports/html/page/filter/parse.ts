import { didYouMean } from '../../../../harness/model/suggest.ts'
import { type Lexeme, lex, type Piece, textOf } from './lexer.ts'
import { isKeyword } from './print.ts'
import { exampleOf, readCondition } from './quantity.ts'
import {
  type Condition,
  type Figure,
  FIGURES,
  isFigureName,
  isNamed,
  isStatus,
  NAMED,
  type Named,
  type Status,
  STATUSES,
  type Term,
} from './term.ts'
import type { Vocabulary } from './vocabulary.ts'

/** What is wrong with one token, in a sentence. */
export interface Problem {
  readonly message: string
  readonly start: number
  readonly end: number
}

export interface Filter {
  /** The tokens that could be read. */
  readonly terms: readonly Term[]
  readonly problems: readonly Problem[]
}

/** Names among which a near one is looked for: more would hold up typing. */
const SUGGESTED = 2000

type Read = Term | { readonly problem: string } | undefined

/** Reads a filter. Never throws: what cannot be read is a problem, and the other tokens stand. */
export function parseFilter(text: string, vocabulary: Vocabulary): Filter {
  const terms: Term[] = []
  const problems: Problem[] = []
  for (const lexeme of lex(text)) {
    const read = lexeme.key === undefined ? readWord(lexeme, vocabulary) : readKeyed(lexeme, vocabulary)
    if (read === undefined) continue
    if ('problem' in read) problems.push({ message: read.problem, start: lexeme.start, end: lexeme.end })
    else terms.push(read)
  }
  return { terms, problems }
}

/** Text to search for, or `latency>2000` without its colon. Nothing where there are only signs or quotes yet. */
function readWord({ negated, values }: Lexeme, vocabulary: Vocabulary): Read {
  const pieces = values[0] ?? []
  const text = textOf(pieces)
  if (text.trim() === '') return undefined
  const compared = pieces.length === 1 && !pieces[0]?.quoted ? /^([^<>=]+)([<>=].*)$/.exec(text) : null
  const figure = compared === null ? undefined : figureOf(compared[1] as string, vocabulary)
  if (compared === null || figure === undefined) return { kind: 'text', negated, text }
  return readFigure(negated, figure, compared[1] as string, [compared[2] as string])
}

function readKeyed(lexeme: Lexeme, vocabulary: Vocabulary): Read {
  const { negated, key = '', values } = lexeme
  const name = isKeyword(key) || vocabulary.metrics.includes(key) ? key : key.toLowerCase()
  const texts = values.map(textOf).filter((text) => text !== '')
  if (name === 'metric') return readMetric(negated, values, vocabulary)
  const figure = figureOf(name, vocabulary)
  if (figure !== undefined) return readFigure(negated, figure, key, texts)
  if (name === 'status') return readStatus(negated, texts)
  if (isNamed(name)) return readNames(negated, name, texts, vocabulary)
  const known = [...NAMED, ...FIGURES, 'status', 'metric', ...vocabulary.metrics]
  const begun = known.find((one) => one.startsWith(name))
  const hint = begun === undefined ? didYouMean(key, known) : `did you mean ${begun}?`
  return {
    problem: `There is no filter “${key}:”${hinted(hint) ?? '. Put text that holds a colon in quotes.'}`,
  }
}

/** The metric of this name; where there is none, one that differs by capitals alone. */
function metricCalled(name: string, metrics: readonly string[]): string | undefined {
  if (metrics.includes(name)) return name
  return metrics.find((one) => one.toLowerCase() === name.toLowerCase())
}

function figureOf(name: string, { metrics }: Vocabulary): Figure | undefined {
  if (isFigureName(name)) return { of: name }
  const metric = metricCalled(name, metrics)
  return metric === undefined || isNamed(name) || name === 'status'
    ? undefined
    : { of: 'metric', name: metric }
}

function readFigure(negated: boolean, figure: Figure, key: string, texts: readonly string[]): Read {
  const example = `${key}:${exampleOf(figure)}`
  if (texts.length === 0) return { problem: `“${key}:” waits for a figure, as ${example}.` }
  const conditions: Condition[] = []
  for (const text of texts) {
    const condition = readCondition(text, figure)
    if (condition === undefined) return { problem: `“${text}” is not a figure for ${key}: write ${example}.` }
    conditions.push(condition)
  }
  return { kind: 'figure', negated, figure, conditions }
}

/** `metric:accuracy<0.5`, `metric:"my metric">=1,none`. */
function readMetric(negated: boolean, values: readonly (readonly Piece[])[], vocabulary: Vocabulary): Read {
  const [first = [], ...others] = values
  const quoted = first[0]?.quoted === true
  const whole = textOf(first)
  const name = quoted ? (first[0] as Piece).text : (/^[^<>=]*/.exec(whole) as RegExpExecArray)[0]
  const rest = quoted ? textOf(first.slice(1)) : whole.slice(name.length)
  const { metrics } = vocabulary
  if (name === '') return { problem: 'Which metric? Write metric:name<0.5.' }
  const metric = metricCalled(name, metrics)
  if (metric === undefined) return { problem: unknownName('metric', name, metrics) }
  const texts = [rest, ...others.map(textOf)].filter((text) => text !== '')
  const read = readFigure(negated, { of: 'metric', name: metric }, name, texts)
  return read !== undefined && 'problem' in read && texts.length === 0
    ? { problem: `“metric:${name}” waits for a comparison, as metric:${name}<0.5.` }
    : read
}

function readStatus(negated: boolean, texts: readonly string[]): Read {
  if (texts.length === 0) return { problem: `“status:” waits for one of ${STATUSES.join(', ')}.` }
  const statuses: Status[] = []
  for (const text of texts) {
    const word = text.toLowerCase()
    if (!isStatus(word)) return { problem: unknownName('status', text, STATUSES) }
    statuses.push(word)
  }
  return { kind: 'status', negated, statuses }
}

function readNames(negated: boolean, of: Named, values: readonly string[], vocabulary: Vocabulary): Read {
  if (values.length === 0) return { problem: `“${of}:” waits for a name.` }
  const unknown = values.find((value) => !vocabulary.has(of, value))
  if (unknown === undefined) return { kind: 'name', negated, of, values }
  return { problem: unknownName(of, unknown, vocabulary.names(of)) }
}

function unknownName(what: string, name: string, known: readonly string[]): string {
  const near =
    known.length <= SUGGESTED
      ? didYouMean(
          name,
          known.filter(({ length }) => length <= 100),
        )
      : undefined
  return `No ${what} is called “${name}”${hinted(near) ?? '.'}`
}

function hinted(hint: string | undefined): string | undefined {
  return hint === undefined ? undefined : `: ${hint.replaceAll('`', '')}`
}
