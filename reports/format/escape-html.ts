import { plainText } from './plain.ts'

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Escapes text for an element's body or a quoted attribute; control characters become visible. */
export function html(text: string): string {
  return plainText(text).replace(/[&<>"']/g, (character) => ENTITIES[character] as string)
}
