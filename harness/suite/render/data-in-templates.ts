import { isTemplate } from '../templates.ts'
import { mapTexts } from './json-prompt.ts'

/** What begins a template, or ends a comment, without its second character, which what follows the text may bring. */
const HALF_MARK = /\{(?=[{%#]|$)|#(?=\}|$)/g

/** Stands between the two characters of a mark, so that they make none. A private character: no text has it. */
const GUARD = '\uE0DA'
const GUARDED = new RegExp(`([{#])${GUARD}`, 'g')

/** A text of data as a template that renders to it. */
export function templateOfData(text: string): string {
  return text.replace(HALF_MARK, "{{ '$&' }}")
}

/** True when one of the vars named holds text that would be a template if it were not data. */
export function holdsTemplates(vars: Readonly<Record<string, unknown>>, names: ReadonlySet<string>): boolean {
  return Object.entries(vars).some(
    ([name, value]) =>
      names.has(name) && isTemplate(typeof value === 'string' ? value : JSON.stringify(value ?? '')),
  )
}

/**
 * The vars as code is shown them whose result is rendered: what is data in them can be put anywhere and is still no template.
 * `unguard` makes it what it was.
 */
export function guard(
  vars: Readonly<Record<string, unknown>>,
  data: ReadonlySet<string>,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(vars).map(([name, value]) => [name, data.has(name) ? mapTexts(value, guardText) : value]),
  )
}

function guardText(text: string): string {
  return text.replace(HALF_MARK, `$&${GUARD}`)
}

/** A text that guarded data went into, with the data as it was. */
export function unguard(text: string): string {
  return text.includes(GUARD) ? text.replace(GUARDED, '$1') : text
}
