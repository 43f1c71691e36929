import { conditionWords } from './quantity.ts'
import type { Figure, Named, Term } from './term.ts'

const NAMED_WORDS: Readonly<Record<Named, string>> = {
  model: 'in model',
  prompt: 'with prompt',
  tag: 'tagged',
  case: 'case',
  file: 'from',
}

const FIGURE_WORDS: Readonly<Record<Exclude<Figure['of'], 'metric'>, string>> = {
  score: 'score',
  latency: 'latency',
  ttft: 'first token',
  cost: 'cost',
  attempts: 'attempts',
  tokens: 'tokens',
  repeat: 'repeat',
}

/** A filter in words: `regressed, in model flash, latency over 2,000 ms, text “refund”`. */
export function explainFilter(terms: readonly Term[]): string {
  return terms.map(explainTerm).join(', ')
}

function explainTerm(term: Term): string {
  return `${term.negated ? 'not ' : ''}${words(term)}`
}

function words(term: Term): string {
  if (term.kind === 'status') return term.statuses.join(' or ')
  if (term.kind === 'name') return `${NAMED_WORDS[term.of]} ${term.values.join(' or ')}`
  if (term.kind === 'text') return `text “${term.text}”`
  const { figure, conditions } = term
  const name = figure.of === 'metric' ? figure.name : FIGURE_WORDS[figure.of]
  return `${name} ${conditions.map((condition) => conditionWords(condition, figure)).join(' or ')}`
}
