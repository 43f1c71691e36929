/** UTF-16 units that are handed on at a time, so that no part of a page is held twice for long. */
const UNITS = 120_000
/** Bytes of a piece of base64: a multiple of three, so that pieces fit together. */
const BYTES = 90_000

/** A text in pieces, none of which ends within a character. */
export function* inPieces(text: string): Iterable<string> {
  for (let start = 0; start < text.length;) {
    let end = Math.min(start + UNITS, text.length)
    if (end < text.length && /[\uD800-\uDBFF]/.test(text.charAt(end - 1))) end--
    yield text.slice(start, end)
    start = end
  }
}

/** An inert block of the page: its bytes in base64. */
export function* blockElement(id: string, bytes: Buffer): Iterable<string> {
  yield `<script type="text/plain" id="${id}">`
  for (let start = 0; start < bytes.length; start += BYTES)
    yield bytes.toString('base64', start, Math.min(start + BYTES, bytes.length))
  yield '</script>\n'
}
