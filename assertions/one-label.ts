/** promptfoo's verdict of a custom assertion. */
interface Verdict {
  readonly pass: boolean
  readonly score: number
  readonly reason: string
}

interface Context {
  readonly config?: Record<string, unknown> | undefined
  readonly vars?: Record<string, unknown> | undefined
}

/**
 * Holds when the reply is exactly one of `config.labels` and nothing besides: no second label, no explanation, no
 * punctuation, no other case. Score 1 or 0. It does not ask whether the label is the right one.
 *
 * @throws when `config.labels` is not a list of at least two strings
 */
export default function oneLabel(output: unknown, context: Context): Verdict {
  const labels = readLabels(context.config?.['labels'])
  if (typeof output !== 'string') return failed(`expected one label as text, got ${typeof output}`)
  if (labels.includes(output.trim()))
    return { pass: true, score: 1, reason: `exactly one label: ${output.trim()}` }
  const words: readonly string[] = output.toLowerCase().match(/[\p{L}\d_-]+/gu) ?? []
  const named = labels.filter((label) => words.includes(label.toLowerCase()))
  const said = output.length > 80 ? `${output.slice(0, 80)}…` : output
  if (named.length === 0) return failed(`names none of the labels ${labels.join(', ')}: "${said}"`)
  if (named.length > 1) return failed(`names ${named.length} labels, ${named.join(' and ')}: "${said}"`)
  return failed(`names ${named[0]}, but not by itself: "${said}"`)
}

function readLabels(labels: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(labels) ? labels : []
  const texts = list.filter((label): label is string => typeof label === 'string')
  if (texts.length > 1 && texts.length === list.length) return texts
  throw new TypeError('one-label: config.labels must be a list of at least two strings')
}

function failed(reason: string): Verdict {
  return { pass: false, score: 0, reason }
}
