/**
 * JSON for an inert script element: nothing in it ends the element, and no control character, or mark that reorders text, stands in the
 * file as itself.
 */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<\u2028\u2029]|\p{Bidi_Control}|[^\P{Cc}\n]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
