import { renderContext } from '../../../assertions/position/contexts.ts'
import { bm25 } from './bm25.ts'
import type { PromptContext } from './context.ts'
import { ask, contextOf } from './context.ts'

/** Only the paragraphs that answer best to the question, best first; a retriever that knows nothing but words. */
export default function chunked(context: PromptContext): string {
  const { vars, config } = context
  const chunks = contextOf(context).flatMap(({ id, text }) =>
    text.split('\n\n').map((paragraph) => ({ id, text: paragraph })),
  )
  const best = bm25(String(vars['question']), chunks).slice(0, Number(config['chunks'] ?? 8))
  return ask(renderContext(best), vars['question'])
}
