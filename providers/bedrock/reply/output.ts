import type { ReplyBlock } from './gathered.ts'

/**
 * The output as promptfoo's Converse provider gives it, so that assertions written for that hold here: the tools that were
 * called, one JSON object each, and nothing else beside them; or the text, with what the model thought before it unless
 * `showThinking` is false.
 */
export function outputOf(blocks: readonly ReplyBlock[], showThinking: boolean): string {
  const tools = blocks.filter(({ kind }) => kind === 'tool')
  const shown =
    tools.length > 0 ? tools : showThinking ? blocks : blocks.filter(({ kind }) => kind === 'text')
  return shown
    .flatMap(shownBlock)
    .filter((piece) => piece !== '')
    .join('\n\n')
}

/** What the reply said beside what is its output: for the record. */
export function asideOf(blocks: readonly ReplyBlock[]): { reasoning?: string; text?: string } {
  const hasTools = blocks.some(({ kind }) => kind === 'tool')
  const textOf = (wanted: 'text' | 'reasoning'): string =>
    blocks.flatMap((block) => (block.kind === wanted && block.text !== '' ? [block.text] : [])).join('\n\n')
  const reasoning = textOf('reasoning')
  const text = hasTools ? textOf('text') : ''
  return { ...(reasoning !== '' && { reasoning }), ...(text !== '' && { text }) }
}

function shownBlock(block: ReplyBlock): string[] {
  if (block.kind === 'text') return [block.text]
  if (block.kind === 'tool') {
    const { id, name, input } = block
    return [JSON.stringify({ type: 'tool_use', id, name, input })]
  }
  if (block.isRedacted === true) return ['<thinking>[Redacted]</thinking>']
  if (block.text.trim() === '') return []
  const signature =
    block.signature === undefined || block.signature === '' ? [] : [`Signature: ${block.signature}`]
  return [`<thinking>\n${block.text}\n</thinking>`, ...signature]
}
