import { isAbsolute, relative, resolve } from 'node:path'
import { existsSync } from 'node:fs'
import type { SourceLocation } from '../../model/source.ts'
import { fail } from '../config/fail.ts'
import { expandGlob, isGlob } from '../expand-glob.ts'
import type { Reading } from '../reading.ts'

type Vars = Record<string, unknown>

/**
 * The combinations that a test's vars stand for, as promptfoo makes them: a list whose first element is a text is one case for
 * each element, a `file://` pattern one for each match; any other list is a value. Literal vars are never looked into as text.
 * @throws HarnessError `suite` when a `file://` matches nothing
 */
export function fanOut(
  vars: Vars,
  literal: ReadonlySet<string>,
  at: SourceLocation,
  reading: Reading,
): readonly Vars[] {
  let combinations: readonly Vars[] = [vars]
  for (const [name, value] of Object.entries(vars)) {
    const values = alternatives(name, value, literal, at, reading)
    if (values !== undefined)
      combinations = combinations.flatMap((vars) => values.map((one) => withVar(vars, name, one)))
  }
  return combinations
}

function withVar(vars: Vars, name: string, value: unknown): Vars {
  return { ...vars, [name]: value }
}

/** The values to try in turn, or undefined for a var that has just one, its own. */
function alternatives(
  name: string,
  value: unknown,
  literal: ReadonlySet<string>,
  at: SourceLocation,
  reading: Reading,
): readonly unknown[] | undefined {
  if (Array.isArray(value)) return typeof value[0] === 'string' ? value : undefined
  if (typeof value !== 'string' || !value.startsWith('file://') || literal.has(name)) return undefined
  const path = value.slice('file://'.length)
  if (!isGlob(path)) {
    if (existsSync(resolve(reading.dir, path))) return undefined
    throw fail('suite', `var \`${name}\`: file not found: ${value}`, at, `paths count from ${reading.dir}`)
  }
  const files = expandGlob(reading, path, at)
  if (files.length === 0)
    throw fail('suite', `var \`${name}\`: no file matches ${value}`, at, `paths count from ${reading.dir}`)
  return files.map((file) => `file://${isAbsolute(path) ? file : relative(reading.dir, file)}`)
}
