import { renderContext } from '../../../assertions/position/contexts.ts'
import type { PromptContext } from './context.ts'
import { ask, contextOf } from './context.ts'

/** Every document there is room for. */
export default function stuffed(context: PromptContext): string {
  return ask(renderContext(contextOf(context)), context.vars['question'])
}
