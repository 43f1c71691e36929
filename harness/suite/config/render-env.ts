import { createRequire } from 'node:module'
import type nunjucks from 'nunjucks'
import type { Env } from '../env-flag.ts'
import { copyPlaces } from './positions.ts'

/** What the parts of a suite that name the environment were before it was put in. */
const originals = new WeakMap<object, unknown>()

/** The value as it is written, where what stands in its place has something of the environment in it; else undefined. */
export function asWritten<T extends object>(rendered: T | undefined): T | undefined {
  return rendered === undefined ? undefined : (originals.get(rendered) as T | undefined)
}

/** Notes what a value was before the environment was put in, of one that was copied since. */
export function noteWritten(rendered: object, written: object): void {
  originals.set(rendered, written)
}

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
    if (isOther(part, copy)) originals.set(copy, part)
    return copy
  }
  return render(value) as T
}

/** True where a text of it, or of a part of it, has changed. */
function isOther(part: object, copy: object): boolean {
  const copied = Object.values(copy)
  return Object.values(part).some((member, i) =>
    typeof member === 'string' ? member !== copied[i] : originals.has(copied[i] ?? {}),
  )
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
