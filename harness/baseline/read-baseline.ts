import { readFile } from 'node:fs/promises'
import { HarnessError, messageOf } from '../model/errors.ts'
import type { Baseline } from '../model/baseline.ts'
import type { SourceLocation } from '../model/source.ts'
import { jsonMistake, placeAt } from '../record/json-mistake.ts'
import { baselineSchema } from '../record/schema/baseline.ts'
import { hashOf } from './format.ts'

const FORMAT = 1

const AGAIN = 'Restore it from git, or run `assay accept` on the run it is of again.'

/** @throws HarnessError `usage` when it is missing, or no baseline that this version wrote */
export async function readBaseline(file: string): Promise<Baseline> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (cause) {
    throw new HarnessError('usage', `the baseline ${file} cannot be read: ${messageOf(cause)}`, {
      hint: 'Name a baseline.json, the folder of a suite that has one, or a run.',
      cause,
    })
  }
  return parseBaseline(text, file)
}

/**
 * @param name what the text is called in errors: a path, or `REV:path`
 * @throws HarnessError `usage` for a text that is cut off, foreign, of a newer format, or was edited by hand
 */
export function parseBaseline(text: string, name: string): Baseline {
  const value = parseJson(text, name)
  const members = isMap(value) ? value : undefined
  if (typeof members?.['v'] === 'number' && members['v'] > FORMAT)
    throw new HarnessError(
      'usage',
      `the baseline was written by a newer version of assay (format ${members['v']}, this one reads ${FORMAT})`,
      { at: placeOf(text, name, '"v"'), hint: 'Update assay.' },
    )
  const parsed = baselineSchema.safeParse(value)
  if (members === undefined || !parsed.success) throw foreign(value, text, name, parsed.error?.issues[0])
  if (hashOf(members) !== parsed.data.hash)
    throw new HarnessError('usage', 'the baseline was edited by hand: its content does not match its hash', {
      at: placeOf(text, name, '"hash"'),
      hint: 'Run `assay accept` again, or restore it from git.',
    })
  return parsed.data
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (cause) {
    const conflict = /^(?:<{7}|={7}|>{7})(?: |$)/m.exec(text)
    if (conflict !== null)
      throw new HarnessError('usage', 'the baseline holds an unresolved merge conflict', {
        at: placeAt(text, name, conflict.index),
        hint: 'Take one side as a whole (`git checkout --ours` or `--theirs`), its baseline/ folder too, or accept a run again.',
        cause,
      })
    throw notJson(text, name, cause)
  }
}

function notJson(text: string, name: string, cause: unknown): HarnessError {
  const { isCutOff, said, at } = jsonMistake(text, name, cause)
  return new HarnessError(
    'usage',
    isCutOff ? 'the baseline is cut off: the JSON has no end' : `the baseline is not JSON: ${said}`,
    { at, hint: AGAIN, cause },
  )
}

/** A JSON value of another shape, and which. */
function foreign(
  value: unknown,
  text: string,
  name: string,
  issue: { readonly path: readonly PropertyKey[]; readonly message: string } | undefined,
): HarnessError {
  const where = issue?.path ?? []
  const isOurs = isMap(value) && value['v'] === FORMAT && 'hash' in value && 'cases' in value
  if (!isOurs)
    return new HarnessError(
      'usage',
      `this is no baseline of assay: expected a map with \`v\`, \`hash\`, \`run\`, \`columns\` and \`cases\`, found ${describe(value)}`,
      {
        at: placeAt(text, name, 0),
        hint: '`assay accept RUN` writes a baseline.',
      },
    )
  return new HarnessError('usage', `the baseline is damaged: ${where.join('.')}: ${issue?.message ?? ''}`, {
    at: placeOf(text, name, markOf(value, where)),
    hint: AGAIN,
  })
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (!isMap(value)) return value === null ? 'null' : `a ${typeof value}`
  const keys = Object.keys(value)
  if (keys.length === 0) return 'an empty map'
  return `a map with ${keys
    .slice(0, 5)
    .map((key) => `\`${key}\``)
    .join(', ')}${keys.length > 5 ? ', …' : ''}`
}

/** A text that stands where the value at a path does, or near it. */
function markOf(value: Record<string, unknown>, [first, second]: readonly PropertyKey[]): string {
  const item =
    first === 'cases' && typeof second === 'number' ? (value['cases'] as unknown[])[second] : undefined
  return JSON.stringify(isMap(item) && typeof item['id'] === 'string' ? item['id'] : first)
}

function placeOf(text: string, name: string, mark: string): SourceLocation {
  return placeAt(text, name, Math.max(0, text.indexOf(mark)))
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
