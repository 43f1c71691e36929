/** Marks of Markdown that a reader of plain text would see, by what they are called. Each expression is linear: nothing in it repeats within a repetition. */
const MARKS: readonly (readonly [string, RegExp])[] = [
  ['a heading', /^ {0,3}(?:#{1,6}[ \t]+\S|={3,500}[ \t]{0,20}$)/m],
  ['a code fence', /^ {0,3}(?:```|~~~)/m],
  ['inline code', /(?<!`)`[^`\n]{1,200}`(?!`)/],
  [
    'bold text',
    /\*\*(?=[^\s*])[^*\n]{1,500}\*\*|(?<![\p{L}\p{N}_])__(?=[^\s_])[^_\n]{1,500}__(?![\p{L}\p{N}_])/u,
  ],
  [
    'italic text',
    /(?<![\p{L}\p{N}*\\])\*(?=[^\s*])[^*\n]{0,500}[^\s*]\*(?![\p{L}\p{N}*])|(?<![\p{L}\p{N}_\\])_(?=[^\s_])[^_\n]{0,500}[^\s_]_(?![\p{L}\p{N}_])/u,
  ],
  ['a bullet list', /^[ \t]{0,20}[-*+][ \t]+\S/m],
  ['a numbered list', /^[ \t]{0,20}\d{1,9}[.)][ \t]+\S/m],
  ['a quotation', /^ {0,3}>[ \t]*\S/m],
  ['a link', /\[[^[\]\n]{1,500}\]\([^)\s]{1,2000}\)/],
  ['a table', /^ {0,3}\|?[ \t]{0,20}:?-{3,500}:?[ \t]{0,20}\|/m],
  ['a rule', /^ {0,3}(?:-{3,500}|\*{3,500}|_{3,500})[ \t]{0,20}$/m],
]

/** The kinds of Markdown in a text. */
export function markdownIn(text: string): readonly string[] {
  return MARKS.filter(([, mark]) => mark.test(text)).map(([name]) => name)
}
