import { plainText } from './plain.ts'

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
}

/** Escapes text for an element's body. Escaping every `>` covers `]]>`. */
export function xmlText(text: string): string {
  return legal(text).replace(/[&<>]/g, (character) => ENTITIES[character] as string)
}

/** Escapes text for a double-quoted attribute; line breaks survive. */
export function xmlAttribute(text: string): string {
  return legal(text).replace(/[&<>"\t\n]/g, (character) => ENTITIES[character] as string)
}

/** XML 1.0 has no way to write control characters, lone surrogates and these two, not even as a reference. */
function legal(text: string): string {
  return plainText(text).replace(/[\uFFFE\uFFFF]/g, '')
}
