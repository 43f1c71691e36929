const PLACEHOLDER = /\{\{\s*(\w+)\s*\}\}/
const PASSES = 5

/**
 * Puts variables into variables, in place, as promptfoo does: the first `{{name}}` of each text, in up to five passes.
 * Literal ones are left as they are.
 * @returns the names whose text now holds a literal one, and so is data as well
 */
export function resolveVariables(vars: Record<string, unknown>, literal: ReadonlySet<string>): Set<string> {
  const tainted = new Set<string>()
  for (let pass = 0, changed = true; changed && pass < PASSES; pass++) {
    changed = false
    for (const [key, value] of Object.entries(vars)) {
      if (typeof value !== 'string' || literal.has(key) || tainted.has(key)) continue
      const match = PLACEHOLDER.exec(value)
      const name = match?.[1]
      if (match === null || name === undefined || vars[name] === undefined) continue
      const isData = literal.has(name) || tainted.has(name)
      // `replace` makes a text of what is none. As under promptfoo, an author's `$&` is a pattern; in data it is just that.
      const text = vars[name] as string
      vars[key] = isData ? value.replace(match[0], () => text) : value.replace(match[0], text)
      if (isData) tainted.add(key)
      changed = true
    }
  }
  return tainted
}
