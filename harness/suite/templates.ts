import nunjucks from 'nunjucks'
import { messageOf } from '../model/errors.ts'
import type { Suite, Templates } from '../model/suite.ts'
import type { Env } from './env-flag.ts'
import { envFlag } from './env-flag.ts'

export type Filters = Record<string, (...args: never[]) => unknown>

/** Compiled templates kept per engine. Prompts are few; vars that are templates may be many. */
const CACHE_SIZE = 1000

interface TemplateOptions {
  /** The process environment … */
  readonly env: Env
  /** … and the suite's `env:`, which overrides it: together they are the global `env`. */
  readonly suiteEnv?: Env | undefined
  readonly filters?: Filters | undefined
  /** Where `{% include %}` looks. */
  readonly includeDir?: string | undefined
}

/** nunjucks as promptfoo sets it up: no autoescape, the filter `load`, the suite's filters, the global `env`. */
export function createTemplates({ env, suiteEnv, filters = {}, includeDir }: TemplateOptions): Templates {
  const all = { ...env, ...suiteEnv }
  if (envFlag(all, 'PROMPTFOO_DISABLE_TEMPLATING'))
    return { render: (text) => text, renderPlain: (text) => text, problemOf: () => undefined }
  const global = envFlag(all, 'PROMPTFOO_DISABLE_TEMPLATE_ENV_VARS') ? { ...suiteEnv } : all
  const environment = createEnvironment(global, includeDir, filters)
  return {
    render: cachedRenderer(environment),
    renderPlain: cachedRenderer(createEnvironment(global, includeDir, {})),
    problemOf: (text) => compileProblem(text, environment),
  }
}

const fallbacks = new WeakMap<Suite, Templates>()

/** The suite's own engine; for a suite that was not read from a file, one made from what it says. */
export function templatesOf(suite: Suite): Templates {
  if (suite.templates !== undefined) return suite.templates
  let templates = fallbacks.get(suite)
  if (templates === undefined) {
    templates = createTemplates({ env: {}, suiteEnv: suite.env, filters: suite.nunjucksFilters })
    fallbacks.set(suite, templates)
  }
  return templates
}

/** True when a text has anything for nunjucks to do: a tag, or the end of a comment that was never begun, over which it throws. */
export function isTemplate(text: string): boolean {
  return text.includes('{{') || text.includes('{%') || text.includes('{#') || text.includes('#}')
}

function createEnvironment(env: Env, includeDir: string | undefined, filters: Filters): nunjucks.Environment {
  const loader = includeDir === undefined ? null : new nunjucks.FileSystemLoader(includeDir)
  const environment = new nunjucks.Environment(loader, { autoescape: false })
  environment.addGlobal('env', env)
  environment.addFilter('load', (text: string) => JSON.parse(text) as unknown)
  for (const [name, filter] of Object.entries(filters))
    environment.addFilter(name, filter as (...args: unknown[]) => unknown)
  return environment
}

function compileProblem(text: string, environment: nunjucks.Environment): string | undefined {
  if (!isTemplate(text)) return undefined
  try {
    void new nunjucks.Template(text, environment, undefined, true)
    return undefined
  } catch (error) {
    return messageOf(error)
      .replace(/^\(unknown path\)\s*/, '')
      .replaceAll(/\s+/g, ' ')
  }
}

function cachedRenderer(environment: nunjucks.Environment): Templates['render'] {
  const compiled = new Map<string, nunjucks.Template>()
  return (text, vars) => {
    if (!isTemplate(text)) return text
    let template = compiled.get(text)
    if (template === undefined) {
      template = new nunjucks.Template(text, environment, undefined, true)
      if (compiled.size >= CACHE_SIZE) compiled.delete(compiled.keys().next().value as string)
      compiled.set(text, template)
    }
    return template.render(vars)
  }
}
