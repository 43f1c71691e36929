import { z } from 'zod'
import { isMap, oneOf, strictMap } from './form.ts'
import { anyMap, code, notNegative, scalarMap, text, texts } from './scalars.ts'

const shape = {
  label: text.optional(),
  config: anyMap.optional(),
  prompts: texts.optional(),
  transform: code.optional(),
  delay: notNegative.optional(),
  env: scalarMap.optional(),
  inputs: z.unknown().optional(),
}

const withId = strictMap({ id: text, ...shape })
const options = strictMap({ id: text.optional(), ...shape })

/** An id or `file://`, options with an `id`, or `{<id>: options}`. */
export const providerSchema = oneOf((value) => {
  if (typeof value === 'string') return text
  if (!isMap(value)) return 'a provider id, or a map with an `id`'
  return isIdMap(value) ? z.record(z.string(), options) : withId
})

/** The whole of `providers`: one id or file, or a list. */
export const providersSchema = oneOf((value) => {
  if (typeof value === 'string') return text
  if (isMap(value)) return 'a list of providers (put `- ` before the provider)'
  return Array.isArray(value) ? nonEmpty : 'a provider id, or a list of providers'
})
const nonEmpty = z.array(providerSchema).min(1)

/** `{openai:gpt-5: {config: …}}`: the one key is the id, and it looks like one. */
function isIdMap(value: Record<string, unknown>): boolean {
  const [key = '', ...more] = Object.keys(value)
  if (more.length > 0 || 'id' in value || key in shape) return false
  return /[:/.]/.test(key) || isMap(value[key])
}
