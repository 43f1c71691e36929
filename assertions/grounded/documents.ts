/** A text of the context; `id` is what a citation calls it. */
export interface Document {
  readonly id: string
  readonly text: string
}

/** Longer contexts are cut: what a claim is compared with is bounded. */
export const MOST_CONTEXT = 4_000_000

/**
 * The documents of a context: a text, a list of texts or of `{id, text}`, or a map of id to text; lists may stand in a list. Those without an id are
 * called by their place: 1, 2, 3.
 * @throws Error where there is none, or only empty ones: then nothing can be judged
 */
export function documentsOf(context: unknown): readonly Document[] {
  const documents = listed(context).map((item, index) => documentOf(item, index + 1))
  if (documents.every(({ text }) => text.trim() === ''))
    throw new Error('grounded: the context is empty; there is nothing a reply could be supported by')
  return documents
}

function listed(context: unknown): readonly unknown[] {
  if (Array.isArray(context)) return context.flat(1)
  const isMap = typeof context === 'object' && context !== null && !('text' in context || 'id' in context)
  return isMap ? Object.entries(context).map(([id, text]: [string, unknown]) => ({ id, text })) : [context]
}

function documentOf(item: unknown, place: number): Document {
  if (typeof item === 'string') return { id: String(place), text: item }
  const { id, text } = (typeof item === 'object' && item !== null ? item : {}) as Record<string, unknown>
  if (typeof text !== 'string')
    throw new Error(
      `grounded: part ${place} of the context is neither a text nor an object with a \`text\`: ${JSON.stringify(item)?.slice(0, 80)}`,
    )
  return { id: typeof id === 'string' || typeof id === 'number' ? String(id) : String(place), text }
}
