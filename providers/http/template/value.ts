import { recordable } from '../../../harness/model/failures/recordable.ts'
import type { Engine, Place, Template, Values } from './engine.ts'

/** A part of the config with its templates compiled. */
export interface ValueTemplate {
  readonly templates: readonly Template[]
  /** JSON; undefined for a leaf that names a variable which is not there. */
  render(values: Values): unknown
}

/** A text that is one variable and nothing else. */
const VARIABLE = /^\s*\{\{-?\s*([A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)\s*-?\}\}\s*$/

/**
 * A JSON value whose texts are templates, rendered text by text, so that nothing in a variable can break it. A text that is just
 * `{{ name }}` stands for the variable's value, be it a number, a list or an object; a member of a map or a list whose
 * variable is not there is left out.
 */
export function compileValue(value: unknown, at: Place, engine: Engine): ValueTemplate {
  if (typeof value === 'string') return compileText(value, at, engine)
  if (typeof value !== 'object' || value === null) return { templates: [], render: () => value }
  const members = Object.entries(value).map(([key, member]) => {
    const place = Array.isArray(value) ? Number(key) : key
    return [key, compileValue(member, [...at, place], engine)] as const
  })
  const templates = members.flatMap(([, member]) => member.templates)
  const render = (values: Values): (readonly [string, unknown])[] =>
    members
      .map(([key, member]) => [key, member.render(values)] as const)
      .filter(([, rendered]) => rendered !== undefined)
  return Array.isArray(value)
    ? { templates, render: (values) => render(values).map(([, rendered]) => rendered) }
    : { templates, render: (values) => Object.fromEntries(render(values)) }
}

function compileText(text: string, at: Place, engine: Engine): ValueTemplate {
  const template = engine.compile(text, at)
  const names = VARIABLE.exec(text)?.[1]?.split('.')
  // `{{ true }}` looks like a variable and is none.
  return names === undefined || template.names.size === 0
    ? { templates: [template], render: (values) => template.render(values) }
    : { templates: [template], render: (values) => recordable(lookUp(values, names)) }
}

function lookUp(values: Values, names: readonly string[]): unknown {
  let here: unknown = values
  for (const name of names) {
    if (typeof here !== 'object' || here === null || !Object.hasOwn(here, name)) return undefined
    here = (here as Values)[name]
  }
  return here
}
