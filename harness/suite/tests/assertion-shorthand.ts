import type { Assertion } from '../../model/assertion.ts'
import { CODE_TYPES, DETERMINISTIC_TYPES, MODEL_GRADED_TYPES, UNSUPPORTED_TYPES } from '../config/catalog.ts'
import { isCodeFile } from '../user-code.ts'
import { splitValues } from './comma-values.ts'
import { parseFiniteNumber } from './finite-number.ts'

/** Those that cannot be checked here are read as what they are, so that they can be refused. */
const TYPES = [
  ...DETERMINISTIC_TYPES,
  ...MODEL_GRADED_TYPES,
  ...CODE_TYPES,
  ...Object.keys(UNSUPPORTED_TYPES),
].filter((type) => type !== 'human')
const SHORTHAND = new RegExp(`^(not-)?(${TYPES.join('|')})(?:\\((\\d+(?:\\.\\d+)?)\\))?(?::([\\s\\S]*))?$`)

const JAVASCRIPT = /^(?:javascript|fn|eval):/
const RUBRIC = /^(?:grade|llm-rubric):/
const LISTS = new Set(['contains-all', 'contains-any', 'icontains-all', 'icontains-any'])
const AS_WRITTEN = new Set(['contains-json', 'is-json'])

const DEFAULT_THRESHOLD = 0.75
const WITH_THRESHOLD = new Map<string, number>([
  ...[
    'answer-relevance',
    'classifier',
    'context-faithfulness',
    'context-recall',
    'context-relevance',
    'cost',
    'latency',
    'levenshtein',
    'perplexity-score',
    'perplexity',
    'rouge-n',
    'starts-with',
  ].map((type) => [type, DEFAULT_THRESHOLD] as const),
  ['similar', 0.8],
])

/**
 * The assertion that a dataset cell stands for: `type`, `type:value` or `type(threshold):value` (each also `not-`);
 * `javascript:`, `fn:`, `eval:` or a code file; `grade:`; `python:`; any other text is what the output must equal.
 * @throws Error when the values of a `contains-any:` or its kin are quoted wrongly
 */
export function assertionFromText(text: string): Assertion {
  const isFile = text.startsWith('file://')
  if (JAVASCRIPT.test(text) || (isFile && isCodeFile(text)))
    return { type: 'javascript', value: text.replace(JAVASCRIPT, '').trim() }
  if (RUBRIC.test(text)) return { type: 'llm-rubric', value: text.replace(RUBRIC, '') }
  if (text.startsWith('python:') || (isFile && (text.endsWith('.py') || text.includes('.py:'))))
    return { type: 'python', value: text.slice('python:'.length).trim() }

  const [, not = '', base, threshold, value] = SHORTHAND.exec(text) ?? []
  if (base === undefined) return { type: 'equals', value: text }
  const type = `${not}${base}`
  if (LISTS.has(base)) return { type, value: value ? splitValues(value) : value }
  if (AS_WRITTEN.has(base)) return { type, value }
  const fallback = WITH_THRESHOLD.get(base)
  if (fallback === undefined) return { type, value: value?.trim() }
  return { type, value: value?.trim(), threshold: parseFiniteNumber(threshold) ?? fallback }
}
