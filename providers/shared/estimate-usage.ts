import type { Usage } from '../../harness/model/usage.ts'
import type { Chat, Part } from '../chat/chat.ts'
import { loadTokenizer } from '../simulated/tokens.ts'

/**
 * Tokens of a call whose provider counted none: of another model's tokenizer, good for an order of magnitude, and marked so.
 * Images and documents are not counted.
 * @param output as far as it came
 */
export async function estimateUsage(chat: Chat, output: string): Promise<Usage> {
  const tokenizer = await loadTokenizer()
  return { input: tokenizer.count(textOf(chat)), output: tokenizer.count(output), estimated: true }
}

/** All that a chat says, as one text. */
export function textOf({ system, turns }: Chat): string {
  return [...system, ...turns.flatMap(({ parts }) => parts)].map(textOfPart).join('\n')
}

function textOfPart(part: Part): string {
  if (part.kind === 'text') return part.text
  if (part.kind === 'tool-call') return `${part.name} ${JSON.stringify(part.input)}`
  return part.kind === 'tool-result' ? part.output.map(textOfPart).join('\n') : ''
}
