import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ContextDocument } from '../../../assertions/position/contexts.ts'
import { makeContext } from '../../../assertions/position/contexts.ts'
import { needleOf } from '../needles.ts'

/** What assay and promptfoo hand a prompt function. */
export interface PromptContext {
  readonly vars: Readonly<Record<string, unknown>>
  readonly provider: { readonly id?: unknown; readonly label?: unknown }
  readonly config: Readonly<Record<string, unknown>>
}

const handbook = fileURLToPath(new URL('../handbook.txt', import.meta.url))
const paragraphs = readFileSync(handbook, 'utf8').trim().split('\n\n')

const KEPT = 64
const made = new Map<string, readonly ContextDocument[]>()

/**
 * The documents of a case, as many tokens as `config.tokens` gives the model, by its label or id.
 * @throws Error for a model without an entry
 */
export function contextOf({ vars, provider, config }: PromptContext): readonly ContextDocument[] {
  const budgets = (config['tokens'] ?? {}) as Readonly<Record<string, number>>
  const tokens = budgets[String(provider.label)] ?? budgets[String(provider.id)]
  if (tokens === undefined)
    throw new Error(`the prompt's config.tokens has no ${String(provider.label ?? provider.id)}`)
  const key = JSON.stringify([vars['needle'], vars['depth'], vars['documents'], tokens])
  const known = made.get(key)
  if (known !== undefined) return known
  const { id, sentence, answer, distractors } = needleOf(vars['needle'])
  const documents = makeContext({
    pool: paragraphs,
    needle: sentence,
    answers: [answer],
    depth: Number(vars['depth']),
    documents: Number(vars['documents']),
    tokens,
    distractors,
    seed: id,
  })
  const [oldest] = made.keys()
  if (oldest !== undefined && made.size >= KEPT) made.delete(oldest)
  made.set(key, documents)
  return documents
}

/** The same question and rules, whichever documents are shown. */
export function ask(context: string, question: unknown): string {
  return `Answer the question from the documents below, in one sentence. If the documents do not say, answer "not stated".

<documents>
${context}
</documents>

Question: ${String(question)}
`
}
