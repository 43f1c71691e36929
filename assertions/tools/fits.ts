import type { ValidateFunction } from 'ajv'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { canonicalJson } from '../shared/canonical-json.ts'
import { holds } from './holds.ts'
import type { CallRule } from './config.ts'
import type { Step } from './step.ts'

/** Compiling takes a millisecond or so: kept by content, since a config is another object for every reply. */
const MOST_COMPILED = 200
const compiled = new Map<string, ValidateFunction>()

/** Whether a step is the call that is asked for, its tool apart. */
export function isFit({ args: wanted, match, schema }: CallRule, { args, fault }: Step): boolean {
  if (fault !== undefined || (schema !== undefined && !compile(schema)(args))) return false
  return wanted === undefined || equals(wanted, args, match)
}

/**
 * Why a step is not the call that is asked for: one clause; undefined where it is. What the arguments should have been is not told, for a
 * reason may be told to the model.
 */
export function misfit(rule: CallRule, step: Step): string | undefined {
  if (isFit(rule, step)) return undefined
  const { args: wanted, match, schema } = rule
  if (step.fault !== undefined) return `its arguments cannot be read: ${step.fault}`
  const validate = schema === undefined ? undefined : compile(schema)
  if (validate?.(step.args) === false) return `its arguments do not fit their schema: ${errorsOf(validate)}`
  return `its arguments are not the ones expected${wrongKeys(wanted, step.args, match)}`
}

function equals(wanted: unknown, found: unknown, match: CallRule['match']): boolean {
  return match === 'exact' ? canonicalJson(wanted) === canonicalJson(found) : holds(wanted, found)
}

/** @throws Error for what is no JSON Schema */
export function compile(schema: CallRule['schema']): ValidateFunction {
  const key = JSON.stringify(schema)
  const known = compiled.get(key)
  if (known !== undefined) return known
  const ajv = new Ajv({ allErrors: true, strict: false, logger: false })
  addFormats.default(ajv)
  const validate = ajv.compile(schema as object)
  if (compiled.size >= MOST_COMPILED) compiled.clear()
  compiled.set(key, validate)
  return validate
}

function errorsOf({ errors }: ValidateFunction): string {
  const all = (errors ?? []).map(({ instancePath, message = 'is not valid' }) =>
    `${instancePath === '' ? 'they' : `\`${instancePath}\``} ${message}`.slice(0, 200),
  )
  return [...all.slice(0, 3), ...(all.length > 3 ? [`and ${all.length - 3} more`] : [])].join('; ')
}

/** The names of the arguments that are wrong, missing or too many. */
function wrongKeys(wanted: CallRule['args'], args: unknown, match: CallRule['match']): string {
  if (typeof wanted !== 'object' || typeof args !== 'object' || args === null) return ''
  const found = args as Record<string, unknown>
  const wrong = Object.entries(wanted).flatMap(([key, value]) => {
    if (!Object.hasOwn(found, key)) return [`\`${key}\` is missing`]
    return equals(value, found[key], match) ? [] : [`\`${key}\` is wrong`]
  })
  const extra = match === 'exact' ? Object.keys(found).filter((key) => !Object.hasOwn(wanted, key)) : []
  const told = [...wrong, ...extra.map((key) => `\`${key.slice(0, 60)}\` should not be there`)]
  return told.length === 0 ? '' : `: ${told.slice(0, 5).join(', ')}`
}
