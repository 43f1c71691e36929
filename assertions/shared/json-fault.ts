import { printParseErrorCode, visit } from 'jsonc-parser'
import { pointer } from './json-pointer.ts'
import { quoted } from './quote.ts'

/** Why a text is not taken for JSON. */
export interface JsonFault {
  /** A clause without its place: "the JSON breaks off inside `/parties/0/name`". */
  readonly says: string
  /** Offset in UTF-16 units. */
  readonly at: number
  /** The grammar of JSON holds: it is the content that is at fault. */
  readonly isJson: boolean
}

interface Level {
  /** Keys so far; undefined in a list. */
  readonly keys: Set<string> | undefined
  /** Where the reader is; undefined before an object's next key. */
  step: string | number | undefined
}

/** What is wrong at the code a parser gives, told so that it can be put right. */
const WRONG: Readonly<Record<string, string>> = {
  InvalidSymbol: 'is neither a value nor a key in double quotes',
  PropertyNameExpected: 'a key in double quotes is missing before',
  ValueExpected: 'a value is missing before',
  ColonExpected: 'a colon is missing before',
  CommaExpected: 'a comma is missing before',
  EndOfFileExpected: 'the value has ended before',
  InvalidCommentToken: 'comments are not allowed',
  UnexpectedEndOfString: 'is not closed on its line',
  UnexpectedEndOfNumber: 'is no whole number',
  InvalidUnicode: 'holds a \\u escape without four hexadecimal digits',
  InvalidEscapeCharacter: 'holds an escape that JSON does not know',
  InvalidCharacter: 'holds a control character that must be escaped',
}

/** The first thing that is wrong with a text as JSON: its grammar, else a key that an object has twice. The text is at most 500 deep. */
export function faultIn(text: string): JsonFault | undefined {
  const levels: Level[] = []
  // The parser tells the end of an object or a list also where its bracket is missing.
  const close = (at: number): void => {
    if (isClosing(text, at)) levels.pop()
  }
  const path = (): string => pointer(levels.flatMap(({ step }) => step ?? []))
  let syntax: JsonFault | undefined
  let twice: JsonFault | undefined
  visit(
    text,
    {
      onObjectBegin: () => void levels.push({ keys: new Set(), step: undefined }),
      onArrayBegin: () => void levels.push({ keys: undefined, step: 0 }),
      onObjectEnd: close,
      onArrayEnd: close,
      onObjectProperty: (key, at) => {
        const level = levels.at(-1)
        if (level?.keys === undefined) return
        level.step = key
        if (level.keys.has(key)) twice ??= { says: `the key \`${path()}\` is there twice`, at, isJson: true }
        level.keys.add(key)
      },
      onSeparator: (character) => {
        const level = levels.at(-1)
        if (character === ',' && level !== undefined)
          level.step = typeof level.step === 'number' ? level.step + 1 : undefined
      },
      onError: (error, at, length) => {
        const code = printParseErrorCode(error)
        const isOpen = levels.length > 0 || code === 'UnexpectedEndOfString'
        // A bracket at the end is not cut off: the comma before it is one too many.
        const isCutOff = isOpen && at + length >= text.length && !isClosing(text, at)
        syntax ??= {
          ...(isCutOff
            ? { says: `the JSON breaks off${inside(path())}`, at: text.length }
            : { says: `not valid JSON${inside(path())}: ${said(code, text.slice(at, at + length))}`, at }),
          isJson: false,
        }
      },
    },
    { disallowComments: true },
  )
  return syntax ?? twice
}

function isClosing(text: string, at: number): boolean {
  return text[at] === '}' || text[at] === ']'
}

function inside(path: string): string {
  return path === '' ? '' : ` inside \`${path}\``
}

function said(code: string, text: string): string {
  const wrong = WRONG[code] ?? 'stands in the wrong place'
  if (text === '') return wrong
  return wrong.endsWith('before') ? `${wrong} ${quoted(text)}` : `${quoted(text)} ${wrong}`
}
