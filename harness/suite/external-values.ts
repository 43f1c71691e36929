import { parse } from 'csv-parse/sync'
import type { SourceLocation } from '../model/source.ts'
import { fail } from './config/fail.ts'
import { parseYamlFile } from './config/parse-yaml.ts'
import { copyPlaces, locate } from './config/positions.ts'
import { expandGlob, isGlob } from './expand-glob.ts'
import type { Reading } from './reading.ts'
import { resolveFile } from './reading.ts'
import { isCodeFile, parseCodeReference } from './user-code.ts'

/** Where a value stands decides whether promptfoo loads the file it names at once. */
type Place = 'plain' | 'vars' | 'code'

/**
 * Replaces every `file://` text in a value read from a file by the content it names (JSON and YAML parsed, CSV as rows, a pattern
 * as the list of what it matches), as promptfoo does with test files. Left as they are: vars, the code of javascript and python
 * assertions, functions. A value in which nothing is replaced is returned itself, so that positions hold.
 * @throws HarnessError `suite` when a file is missing or does not parse
 */
export function loadExternalValues(
  value: unknown,
  reading: Reading,
  at: SourceLocation,
  place: Place = 'plain',
): unknown {
  if (typeof value === 'string')
    return value.startsWith('file://') && place !== 'vars' ? loadExternal(value, reading, at, place) : value
  if (Array.isArray(value)) {
    const copy = value.map((item) => loadExternalValues(item, reading, locate(value) ?? at, place))
    return keepUnlessChanged(value, copy)
  }
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  const map = value as Record<string, unknown>
  const isCode = map['type'] === 'javascript' || map['type'] === 'python'
  const copy = Object.fromEntries(
    Object.entries(map).map(([key, member]) => {
      const inner = key === 'value' && isCode ? 'code' : key === 'vars' ? 'vars' : place
      return [key, loadExternalValues(member, reading, locate(map, key) ?? at, inner)]
    }),
  )
  return keepUnlessChanged(map, copy)
}

function keepUnlessChanged<T extends object>(original: T, copy: T): T {
  const keys = Object.keys(original) as (keyof T)[]
  if (keys.every((key) => original[key] === copy[key])) return original
  copyPlaces(original, copy)
  return copy
}

function loadExternal(ref: string, reading: Reading, at: SourceLocation, place: Place): unknown {
  const rendered = reading.templates.renderPlain(ref, {})
  const { path, functionName } = parseCodeReference(rendered)
  const isCode = isCodeFile(path) || path.endsWith('.py')
  if (isCode && (place === 'code' || functionName !== undefined)) return rendered
  if (!isGlob(path)) return parseByExtension(resolveFile(reading, path, at), reading, at)
  const files = expandGlob(reading, path, at)
  if (files.length === 0) throw fail('suite', `no file matches \`${path}\``, at)
  return files.flatMap((file) => parseByExtension(file, reading, at) ?? [])
}

function parseByExtension(file: string, reading: Reading, at: SourceLocation): unknown {
  const text = reading.ledger.readText(file, at)
  if (/\.(json|ya?ml)$/.test(file)) return parseYamlFile(file, text)
  if (!file.endsWith('.csv')) return text
  const rows = parse<Record<string, string>>(text, { columns: true })
  return Object.keys(rows[0] ?? {}).length === 1 ? rows.map((row) => Object.values(row)[0]) : rows
}
