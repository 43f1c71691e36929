import { createHash } from 'node:crypto'

/** UTF-16 units of a text that a judge is shown. */
const LONGEST = 100_000

/** Puts texts that others wrote into a prompt, so that none can end its own block or begin another. */
export interface DataBlocks {
  /** `<answer-3f…>` around the text, under a heading. */
  block(name: string, heading: string, text: string): string
}

/**
 * @param texts all that is to be put in: the tags hold a digest of them, so that no text can hold its own end, and the same texts make the
 * same prompt
 */
export function dataBlocks(texts: readonly string[]): DataBlocks {
  const digest = createHash('sha256').update(JSON.stringify(texts)).digest('hex').slice(0, 12)
  return {
    block(name, heading, text) {
      const tag = `${name}-${digest}`
      return `${heading}:\n<${tag}>\n${cut(text)}\n</${tag}>`
    },
  }
}

function cut(text: string): string {
  const whole = text.toWellFormed()
  if (whole.length <= LONGEST) return whole
  const left = whole.length - LONGEST
  return `${whole.slice(0, LONGEST).toWellFormed()}\n[cut here: ${left} more characters]`
}
