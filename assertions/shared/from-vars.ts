const WHOLE = /^\{\{\s*([\w-]+(?:\.[\w-]+)*)\s*\}\}$/

/** Whether a config's text stands for a variable of the case. */
export function isVariable(text: string): boolean {
  return WHOLE.test(text)
}

/**
 * A config value in which every text that is exactly `{{name}}` or `{{name.key}}` is replaced with that variable's value, whatever its type.
 * promptfoo renders no templates in an assertion's config; other texts are left as they are.
 * @throws Error that names a variable the case does not have
 */
export function fromVars(value: unknown, vars: Readonly<Record<string, unknown>> = {}): unknown {
  if (typeof value === 'string') {
    const path = WHOLE.exec(value)?.[1]
    return path === undefined ? value : lookUp(path, vars)
  }
  if (Array.isArray(value)) return value.map((item) => fromVars(item, vars))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, fromVars(inner, vars)]))
}

function lookUp(path: string, vars: Readonly<Record<string, unknown>>): unknown {
  let found: unknown = vars
  for (const key of path.split('.')) {
    const isThere = typeof found === 'object' && found !== null && Object.hasOwn(found, key)
    if (!isThere) throw new Error(`the case has no variable \`${path}\``)
    found = (found as Record<string, unknown>)[key]
  }
  return found
}
