import type { Document, YAMLParseError, YAMLWarning } from 'yaml'
import { LineCounter, parseDocument, visit } from 'yaml'
import { HarnessError } from '../../model/errors.ts'
import { fail } from './fail.ts'
import type { SourceText } from './positions.ts'
import { refuseAliasBomb } from './alias-bomb.ts'
import { YamlBuilder } from './yaml-builder.ts'

const BYTE_ORDER_MARK = '\uFEFF'

/**
 * Parses one YAML (or JSON) document into plain JavaScript, as promptfoo reads it; every map, list and member is then
 * known to `locate`. Aliases of one anchor share one object. An empty document is undefined.
 * @throws HarnessError `suite` at the place of a syntax error, a duplicate key, a second document, an alias bomb
 */
export function parseYamlFile(file: string, text: string): unknown {
  const body = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text
  const source = sourceText(file, body)
  try {
    const document = parseDocument(body, {
      // promptfoo reads YAML 1.2 core scalars; merge keys, duplicates and dates are the builder's.
      version: '1.2',
      schema: 'core',
      merge: false,
      uniqueKeys: false,
      prettyErrors: false,
    })
    // An unknown tag is only a warning to the parser, but its value would not be what the author meant.
    const mistake = document.errors[0] ?? document.warnings[0]
    if (mistake !== undefined) {
      const at = source.locationOf(unclosedQuote(document, mistake) ?? mistake.pos[0])
      throw fail(
        'suite',
        `not valid YAML: ${MESSAGES[mistake.code] ?? lowerFirst(mistake.message)}`,
        at,
        HINTS[mistake.code],
      )
    }
    const value = new YamlBuilder(source).build(document.contents)
    refuseAliasBomb(value)
    return value
  } catch (error) {
    if (error instanceof HarnessError) throw error
    // The parser recurses, so that absurd nesting ends in a stack overflow.
    if (error instanceof RangeError) {
      throw fail('suite', 'not valid YAML: nested too deeply', { file, line: 1, column: 1 }, undefined, error)
    }
    throw error
  }
}

/** Where the quote opens that is never closed: the parser only notices at the end of the file. */
function unclosedQuote(document: Document, mistake: YAMLParseError | YAMLWarning): number | undefined {
  if (!mistake.message.startsWith('Missing closing')) return undefined
  let opened: number | undefined
  visit(document, {
    Scalar(_, node) {
      if (node.type?.startsWith('QUOTE') === true && node.range != null) opened = node.range[0]
    },
  })
  return opened
}

/** The parser's words where they speak to a programmer. */
const MESSAGES: Readonly<Record<string, string>> = {
  MULTIPLE_DOCS: 'the file holds more than one document',
}

/** What to do about the mistakes people make most; the codes are the `yaml` package's. */
const HINTS: Readonly<Record<string, string>> = {
  BAD_SCALAR_START: 'put the value in quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a value that contains `: ` must be in quotes',
  MULTIPLE_DOCS: 'a suite is one document: remove the `---` or `...` line and what follows it',
  TAB_AS_INDENT: 'indent with spaces',
  MISSING_CHAR: 'close the quote or bracket, or finish the `key: value` pair',
  BAD_INDENT: 'line the key up with its siblings',
  TAG_RESOLVE_FAILED: 'remove the tag, or put a value that starts with `!` in quotes',
  BAD_DQ_ESCAPE: 'double the backslash, or use single quotes',
}

function lowerFirst(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1)
}

function sourceText(file: string, text: string): SourceText {
  let lines: LineCounter | undefined
  return {
    file,
    locationOf(offset) {
      // Most files are never asked for a place, so their lines are counted on the first question.
      lines ??= countLines(text)
      const { line, col } = lines.linePos(offset)
      return { file, line: Math.max(line, 1), column: Math.max(col, 1) }
    },
  }
}

function countLines(text: string): LineCounter {
  const lines = new LineCounter()
  lines.addNewLine(0)
  for (let index = text.indexOf('\n'); index !== -1; index = text.indexOf('\n', index + 1)) {
    lines.addNewLine(index + 1)
  }
  return lines
}
