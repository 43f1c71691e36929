import { z } from 'zod'
import { checked, isMap, oneOf, strictMap } from './form.ts'
import { text } from './scalars.ts'

const promptMap = checked(
  strictMap({
    raw: text.optional(),
    label: text.optional(),
    id: text.optional(),
    config: z.unknown().optional(),
    template: text.optional(),
    display: text.optional(),
    function: z.unknown().optional(),
  }),
  (prompt, report) => {
    if (!isMap(prompt) || prompt.raw !== undefined || prompt.id !== undefined) return
    report('a prompt needs `raw` (the text) or `id` (a `file://`)')
  },
)

const nonEmptyText = checked(text, (value, report) => {
  if (typeof value === 'string' && value.trim() === '') report('a prompt cannot be empty')
})

/** Text, a file, a glob, or a map with `raw` or `id`. */
export const promptSchema = oneOf((value) => {
  if (typeof value === 'string') return nonEmptyText
  if (isMap(value)) return isTemplateRead(value) ? 'a prompt (put a value with `{{…}}` in quotes)' : promptMap
  return 'a prompt: text, a `file://`, or a map with `raw` or `id`'
})

/** The whole of `prompts`: one, a list, or a map of path to label. */
export const promptsSchema = oneOf((value) => {
  if (typeof value === 'string') return nonEmptyText
  if (Array.isArray(value)) return z.array(promptSchema)
  return isMap(value) ? z.record(z.string(), text) : 'a prompt, a list of prompts, or a map of path to label'
})

function isTemplateRead(value: Record<string, unknown>): boolean {
  return Object.keys(value).some((key) => key === '[object Object]')
}
