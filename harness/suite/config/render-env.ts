import { createRequire } from 'node:module'
import type nunjucks from 'nunjucks'
import type { Env } from '../env-flag.ts'
import { copyPlaces } from './positions.ts'

const TEMPLATE = /\{\{(?:[^}]|\}(?!\}))*\}\}/g
const NAMES_ENV = /\benv\.|env\[/
const VARIABLE = /env\.(\w+)|env\[['"]([^'"]+)['"]\]/

/**
 * Resolves `{{env.X}}` (with filters, `env['X']`) in every string of a value and leaves all other templates to be
 * rendered with the vars; without an environment it leaves them all. A variable that is not set leaves its template as
 * it stands. The copy has the places of the original, and shared parts stay shared. Dates become empty objects, as they
 * do under promptfoo.
 */
export function renderEnv<T>(value: T, env: Env | undefined): T {
  const copies = new Map<object, unknown>()
  let engine: nunjucks.Environment | undefined
  const renderText = (text: string, env: Env): string =>
    text.replace(TEMPLATE, (template) => {
      if (!NAMES_ENV.test(template)) return template
      const [, dotted, quoted] = VARIABLE.exec(template) ?? []
      const name = dotted ?? quoted
      if (!template.includes('|') && (name === undefined || env[name] === undefined)) return template
      engine ??= environment()
      try {
        return engine.renderString(template, { env })
      } catch {
        // Not for us to judge: what cannot be rendered now may mean something to the later pass.
        return template
      }
    })
  const render = (part: unknown): unknown => {
    if (typeof part === 'string')
      return env !== undefined && part.includes('{{') ? renderText(part, env) : part
    if (typeof part !== 'object' || part === null) return part
    const known = copies.get(part)
    if (known !== undefined) return known
    const copy = Array.isArray(part) ? part.map(render) : renderMembers(part, render)
    copyPlaces(part, copy)
    copies.set(part, copy)
    return copy
  }
  return render(value) as T
}

function renderMembers(map: object, render: (part: unknown) => unknown): Record<string, unknown> {
  // `fromEntries` defines a member `__proto__` instead of setting the prototype.
  return Object.fromEntries(
    Object.entries(map).map(([key, member]) => [key, key === '_conversation' ? member : render(member)]),
  )
}

/** Loaded for the first template that needs it: `gate` reads a suite's settings, and starts fast. */
function environment(): nunjucks.Environment {
  const { Environment } = createRequire(import.meta.url)('nunjucks') as typeof nunjucks
  return new Environment(null, { autoescape: false }).addFilter('load', (text: string) => JSON.parse(text))
}
