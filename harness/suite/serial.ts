import nunjucks from 'nunjucks'
import type { Prompt } from '../model/prompt.ts'

/** True when a prompt reads what was said before (`_conversation`), so that cases must run in order. */
export function readsConversation(prompts: readonly Prompt[]): boolean {
  return prompts.some(({ raw }) => raw.includes('_conversation') && mentions(raw))
}

function mentions(template: string): boolean {
  const { parser, nodes } = nunjucks as unknown as { parser: Parser; nodes: { Symbol: unknown } }
  try {
    return parser
      .parse(template)
      .findAll(nodes.Symbol)
      .some(({ value }) => value === '_conversation')
  } catch {
    // As promptfoo: a template that does not parse may mean it.
    return true
  }
}

interface Parser {
  parse(template: string): { findAll(type: unknown): { value: unknown }[] }
}
