import { z } from 'zod'
import { didYouMean, isMisspelt } from '../../../model/suggest.ts'
import { describe } from './describe.ts'

/** What a problem of ours carries besides its message. */
export interface ProblemParams {
  readonly hint?: string | undefined
  /** The last part of the path is a key that is itself the mistake. */
  readonly atKey?: boolean
}

type Report = (message: string, path?: readonly (string | number)[], params?: ProblemParams) => void

/** A check with our own wording, that runs even when other parts are wrong: one look should tell all mistakes. */
export function checked<T extends z.ZodType>(
  schema: T,
  check: (value: z.output<T>, report: Report) => void,
): T {
  return schema.superRefine(
    (value, context) => {
      check(value, (message, path = [], params = {}) => {
        context.addIssue({ code: 'custom', message, path: [...path], params: { ...params } })
      })
    },
    { when: () => true },
  )
}

/**
 * A value with several forms. `pick` looks at it and says which form was meant, so that mistakes are told about that
 * form alone; where no form fits it returns what was expected, in words.
 */
export function oneOf(pick: (value: unknown) => z.ZodType | string): z.ZodUnknown {
  return z.unknown().superRefine((value, context) => {
    const form = pick(value)
    if (typeof form === 'string') {
      context.addIssue({ code: 'custom', message: `expected ${form}, got ${describe(value)}` })
      return
    }
    for (const issue of form.safeParse(value).error?.issues ?? []) context.addIssue({ ...issue })
  })
}

/** True for a map as YAML and JSON write it. */
export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
}

/**
 * A map with these keys and no others. `elsewhere` names keys people put here that belong in another place.
 */
export function strictMap<T extends z.ZodRawShape>(
  shape: T,
  elsewhere: Readonly<Record<string, string>> = {},
): z.ZodObject<T, z.core.$loose> {
  const known = Object.keys(shape)
  return checked(z.looseObject(shape), (value, report) => {
    if (!isMap(value)) return
    for (const key of Object.keys(value)) {
      if (known.includes(key)) continue
      const place = elsewhere[key]
      const hint = place === undefined ? didYouMean(key, known) : `write it as \`${place}\``
      const listed = `known keys: ${known.join(', ')}`
      report(`unknown key \`${key}\``, [key], { hint: hint ?? listed, atKey: true })
    }
  })
}

/** A map that takes any key, but not one that looks like a misspelt known one. */
export function openMap<T extends z.ZodRawShape>(shape: T): z.ZodObject<T, z.core.$loose> {
  const known = Object.keys(shape)
  return checked(z.looseObject(shape), (value, report) => {
    if (!isMap(value)) return
    for (const key of Object.keys(value)) {
      if (known.includes(key)) continue
      const meant = known.find((name) => isMisspelt(key, name))
      if (meant === undefined) continue
      report(`unknown key \`${key}\``, [key], { hint: `did you mean \`${meant}\`?`, atKey: true })
    }
  })
}
