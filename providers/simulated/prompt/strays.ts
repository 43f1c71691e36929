import type { Section } from './sections.ts'

/**
 * Text between the end of a block and a closing tag of its name that closes nothing: whoever wrote it ended the block before its end,
 * so that what follows no longer looks like data.
 */
export function straysOf(text: string, sections: readonly Section[]): string[] {
  const blocks = sections.filter(({ kind, name }) => kind === 'block' && name !== '')
  return blocks.flatMap(({ name, end }, index) => {
    const after = text.slice(end, blocks[index + 1]?.start ?? text.length)
    const closing = after.indexOf(`</${name}>`)
    return closing === -1 ? [] : [after.slice(0, closing).trim()]
  })
}
