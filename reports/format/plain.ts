/**
 * Text from models and datasets, made safe to print: a control character becomes a visible one, a lone surrogate the replacement
 * character, and marks that reorder text are dropped. So no escape code reaches a terminal, and nothing reads
 * otherwise than it is stored.
 */
export function plainText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/\p{Bidi_Control}/gu, '')
    .replace(/[^\P{Cc}\n\t]/gu, visible)
}

/** The same in one line. */
export function oneLine(text: string): string {
  return plainText(text).replace(/\s+/g, ' ').trim()
}

/** At most `limit` UTF-16 units, well-formed, with `…` where something was cut. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text
  return `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** An output as text: what a model answers may be an object, or nothing. */
export function outputText(output: unknown): string {
  if (typeof output === 'string') return output === '' ? '(empty)' : output
  if (output === undefined || output === null) return '(no output)'
  return JSON.stringify(output, undefined, 2) ?? '(no output)'
}

/** The picture of a C0 control character; C1 has none. */
function visible(character: string): string {
  const code = character.charCodeAt(0)
  if (code === 0x7f) return '\u2421'
  return code < 0x20 ? String.fromCharCode(0x2400 + code) : '\uFFFD'
}
