/** A stretch of a token that was written with or without quotes. */
export interface Piece {
  readonly text: string
  readonly quoted: boolean
}

/** A token as it is written, before anybody asks what it means. */
export interface Lexeme {
  readonly negated: boolean
  /** What stands before the first colon outside quotes; absent where there is none. */
  readonly key?: string
  /** Values between commas, where there is a key; else the whole as one value. */
  readonly values: readonly (readonly Piece[])[]
  /** UTF-16 offsets in the filter. */
  readonly start: number
  readonly end: number
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' }

/** Splits a filter at its spaces. Every text is a list of tokens: a quote that is not closed runs to the end. */
export function lex(text: string): Lexeme[] {
  const lexemes: Lexeme[] = []
  let at = 0
  while (at < text.length) {
    if (isSpace(text[at])) {
      at++
      continue
    }
    const lexeme = readLexeme(text, at)
    lexemes.push(lexeme)
    at = lexeme.end
  }
  return lexemes
}

function readLexeme(text: string, start: number): Lexeme {
  const negated = text[start] === '-'
  let at = negated ? start + 1 : start
  let key: string | undefined
  let pieces: Piece[] = []
  const values: Piece[][] = [pieces]
  let bare = ''
  const endBare = () => {
    if (bare !== '') pieces.push({ text: bare, quoted: false })
    bare = ''
  }
  while (at < text.length && !isSpace(text[at])) {
    const character = text[at] as string
    if (character === '"') {
      endBare()
      const { piece, end } = readQuoted(text, at)
      pieces.push(piece)
      at = end
      continue
    }
    if (character === ':' && key === undefined && (bare !== '' || pieces.length > 0)) {
      endBare()
      key = textOf(pieces)
      pieces.length = 0
    } else if (character === ',' && key !== undefined) {
      endBare()
      pieces = []
      values.push(pieces)
    } else {
      bare += character
    }
    at++
  }
  endBare()
  return { negated, ...(key !== undefined && { key }), values, start, end: at }
}

function readQuoted(text: string, start: number): { piece: Piece; end: number } {
  let inside = ''
  let at = start + 1
  while (at < text.length && text[at] !== '"') {
    if (text[at] === '\\' && at + 1 < text.length) {
      at++
      const escaped = text[at] as string
      inside += ESCAPES[escaped] ?? escaped
    } else {
      inside += text[at]
    }
    at++
  }
  return { piece: { text: inside, quoted: true }, end: Math.min(text.length, at + 1) }
}

export function textOf(pieces: readonly Piece[]): string {
  return pieces.map(({ text }) => text).join('')
}

function isSpace(character: string | undefined): boolean {
  return character !== undefined && /\s/.test(character)
}
