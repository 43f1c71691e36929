import nunjucks from 'nunjucks'
import { ConfigError, messageOf } from '../../../harness/model/errors.ts'
import { CallError } from '../call-error.ts'
import type { Mentions } from './mentions.ts'
import { mentionsOf } from './mentions.ts'

/** What a template is rendered with, `env` included. Data: what looks like a template in it stays as it is. */
export type Values = Readonly<Record<string, unknown>>

/** Where in the config a template stands. */
export type Place = readonly (string | number)[]

export interface Template extends Mentions {
  readonly at: Place
  render(values: Values): string
}

const NOTHING: Mentions = { names: new Set(), printed: new Set(), variables: new Set() }

/** nunjucks as promptfoo sets it up: no autoescape, the filter `load`, the suite's filters. */
export class Engine {
  readonly #environment: nunjucks.Environment
  #filters: unknown

  constructor() {
    this.#environment = new nunjucks.Environment(null, { autoescape: false })
    this.#environment.addFilter('load', (text: string) => JSON.parse(text) as unknown)
  }

  /** The suite's own filters, which are told with a call. */
  useFilters(filters: unknown): void {
    if (filters === this.#filters || typeof filters !== 'object' || filters === null) return
    this.#filters = filters
    for (const [name, filter] of Object.entries(filters))
      this.#environment.addFilter(name, filter as (...args: unknown[]) => unknown)
  }

  /** @throws {ConfigError} for a text that is no template nunjucks understands */
  compile(text: string, at: Place): Template {
    if (!/\{[{%#]|#\}/.test(text)) return { ...NOTHING, at, render: () => text }
    const place = `the template in config.${at.join('.')}`
    try {
      const mentions = mentionsOf(text)
      const template = new nunjucks.Template(text, this.#environment, undefined, true)
      return { ...mentions, at, render: (values) => rendered(template, values, place) }
    } catch (error) {
      throw new ConfigError(`http: ${place}: ${problemOf(error)}`, at, false)
    }
  }
}

/** Half a surrogate pair is no text that can be sent: it becomes U+FFFD. */
function rendered(template: nunjucks.Template, values: Values, place: string): string {
  try {
    return template.render(values).toWellFormed()
  } catch (error) {
    throw new CallError('invalid', `${place}: ${problemOf(error)}`)
  }
}

function problemOf(error: unknown): string {
  return messageOf(error)
    .replace(/^\(unknown path\)\s*/, '')
    .replaceAll(/\s+/g, ' ')
}
