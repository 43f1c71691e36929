import { extname } from 'node:path'
import type { TestCase } from '../../model/case.ts'
import type { SourceLocation } from '../../model/source.ts'
import { dereference } from '../config/dereference.ts'
import { fail } from '../config/fail.ts'
import { parseYamlFile } from '../config/parse-yaml.ts'
import { locate } from '../config/positions.ts'
import { validateTestCase } from '../config/schema/validate.ts'
import { expandGlob } from '../expand-glob.ts'
import { loadExternalValues } from '../external-values.ts'
import type { Reading } from '../reading.ts'
import type { SourcedTest } from './test-source.ts'
import { NONE_LITERAL, authoredChecks } from './test-source.ts'

/** From this size a JSON file is parsed without positions, 50 times as fast. */
const LARGE_JSON = 1_000_000

/**
 * A test that its author wrote, in the suite, in a YAML or JSON file or in code: its vars may be templates and files.
 * @param dir what files of vars are looked for in
 * @throws HarnessError `suite` when it is not a test, or a file of vars is missing
 */
export function authoredTest(value: unknown, at: SourceLocation, dir: string, reading: Reading): SourcedTest {
  const test = validateTestCase(value, at)
  const vars = loadVars(test.vars, at, dir, reading)
  const loaded = vars === test.vars ? test : { ...test, vars }
  return { test: loaded, checks: authoredChecks(test.assert, at), literalVars: NONE_LITERAL, at }
}

/** Vars as a map: themselves, or the maps in the YAML files that a path, a pattern or a list of them names, later ones winning. */
export function loadVars(
  vars: unknown,
  at: SourceLocation,
  dir: string,
  reading: Reading,
): Record<string, unknown> | undefined {
  if (typeof vars !== 'string' && !Array.isArray(vars)) return vars as TestCase['vars']
  const all: Record<string, unknown> = {}
  for (const pattern of [vars].flat() as string[]) {
    const files = expandGlob(reading, pattern.replace(/^file:\/\//, ''), at, dir)
    if (files.length === 0) throw fail('suite', `no file of vars matches \`${pattern}\``, at)
    for (const file of files) {
      const content = readValues(file, reading)
      if (typeof content !== 'object' || content === null || Array.isArray(content))
        throw fail('suite', 'a file of vars must hold a map', { file, line: 1 })
      Object.assign(all, content)
    }
  }
  return all
}

/** A YAML or JSON file, `$ref`s and the `file://` values outside vars put in. */
export function readValues(file: string, reading: Reading): unknown {
  const start = { file, line: 1 }
  const text = reading.ledger.readText(file)
  const parsed = parseFast(file, text) ?? parseYamlFile(file, text)
  const { root, allowOutside, ledger } = reading
  const whole = text.includes('$ref')
    ? dereference(parsed, file, {
        root,
        allowOutside,
        onFile: (path, content) => ledger.record(path, content),
      })
    : parsed
  return text.includes('file://') ? loadExternalValues(whole, reading, start) : whole
}

function parseFast(file: string, text: string): unknown {
  if (extname(file) !== '.json' || text.length < LARGE_JSON) return undefined
  try {
    return JSON.parse(text)
  } catch {
    // The other parser says where the mistake is.
    return undefined
  }
}

/** Where an item of a list is written, else the file's start. */
export function placeOf(list: readonly unknown[], index: number, file: string): SourceLocation {
  const item = list[index]
  return (
    locate(list, index) ??
    (typeof item === 'object' && item !== null ? locate(item) : undefined) ?? { file, line: 1 }
  )
}
