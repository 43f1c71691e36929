import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

/** A line that begins an import or an export: no CommonJS file has one. */
const MODULE_SYNTAX =
  /^(?:import\s*(?:["'{*]|type\s|[\p{ID_Start}$_][\p{ID_Continue}$]*\s*(?:,|from\b))|export\s+(?:default\b|type\b|interface\b|async\b|function\b|class\b|const\b|let\b|var\b|\{|\*)|export\s*[{*])/mu

const COMMONJS_FORMATS: Readonly<Record<string, string>> = {
  commonjs: 'module',
  'commonjs-typescript': 'module-typescript',
}

let registered = false

/**
 * From now on a file of the user's that says `import` or `export` is a module, whatever `"type"` the nearest package.json
 * has (`npm init` writes `commonjs`). promptfoo's loader takes both kinds of syntax, so suites rely on it.
 */
export function acceptModuleSyntax(): void {
  if (registered) return
  registered = true
  registerHooks({
    load(url, context, nextLoad) {
      const format = COMMONJS_FORMATS[context.format ?? '']
      if (format === undefined || !isUserFile(url) || !hasModuleSyntax(url)) return nextLoad(url, context)
      return nextLoad(url, { ...context, format })
    },
  })
}

/** `.cjs` and `.cts` say for themselves what they are. */
function isUserFile(url: string): boolean {
  return url.startsWith('file:') && !url.includes('/node_modules/') && !/\.c[jt]s$/.test(url)
}

function hasModuleSyntax(url: string): boolean {
  return MODULE_SYNTAX.test(readFileSync(fileURLToPath(url), 'utf8'))
}
