import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import { ConfigError, messageOf } from '../../harness/model/errors.ts'

/** What a judge is asked to judge by. */
export interface Rubric {
  readonly criterion: string
  /** From worst to best; of a comparison without levels there are none. */
  readonly levels: readonly Level[]
}

export interface Level {
  readonly level: number
  /** What an answer of this level looks like. */
  readonly anchor?: string | undefined
}

const anchored = z.strictObject({ level: z.number(), anchor: z.string().trim().min(1).optional() })
const schema = z.strictObject({
  criterion: z.string().trim().min(1),
  levels: z.array(z.union([z.number().transform((level) => ({ level })), anchored])).optional(),
})

const FORM =
  'a rubric is {criterion: …, levels: [{level: 1, anchor: …}, …]}, or a file:// with one in YAML or JSON'

/**
 * @param written the rubric itself, or a `file://` with it
 * @param needsLevels false for a comparison, which needs a criterion only
 * @throws ConfigError for one that is missing, unreadable or not a rubric
 */
export function readRubric(written: unknown, dir: string, needsLevels: boolean): Rubric {
  const parsed = schema.safeParse(typeof written === 'string' ? readFile(written, dir) : written)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const path = (issue?.path ?? []).map(String)
    throw mistake(`${path.join('.') || 'the rubric'}: ${issue?.message ?? 'not valid'}`, path)
  }
  const { criterion, levels = [] } = parsed.data
  if (needsLevels && levels.length < 2) throw mistake('a rubric has at least two levels', ['levels'])
  const sorted = levels.toSorted((a, b) => a.level - b.level)
  const twice = sorted.find(({ level }, i) => level === sorted[i - 1]?.level)
  if (twice !== undefined) throw mistake(`level ${twice.level} stands there twice`, ['levels'])
  return { criterion, levels: sorted }
}

function readFile(ref: string, dir: string): unknown {
  if (!ref.startsWith('file://')) throw mistake(`\`${ref}\` is no rubric`, [])
  const file = resolve(dir, ref.slice('file://'.length))
  try {
    return parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw mistake(`cannot read ${file}: ${messageOf(error)}`, [])
  }
}

function mistake(message: string, path: readonly string[]): ConfigError {
  return new ConfigError(`judge: ${message}`, ['rubric', ...path], false, FORM)
}
