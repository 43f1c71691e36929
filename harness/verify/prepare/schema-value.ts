import { parse as parseYaml } from 'yaml'

/** JSON schemas by their text, so that equal ones are one object: promptfoo compiles a schema object only once. */
export interface Schemas {
  /** The schema in a JSON or YAML text; the text itself when it holds no object. @throws Error when it cannot be parsed */
  parse(text: string): unknown
  /** The first object that was equal to this one. */
  same(schema: object): object
}

const MAX_SCHEMAS = 1000

export function createSchemas(): Schemas {
  const byText = new Map<string, object>()

  function intern(text: string, schema: object): object {
    const known = byText.get(text)
    if (known !== undefined) return known
    if (byText.size >= MAX_SCHEMAS) byText.clear()
    byText.set(text, schema)
    return schema
  }

  const same = (schema: object): object => intern(JSON.stringify(schema), schema)

  return {
    same,
    parse(text) {
      const known = byText.get(text)
      if (known !== undefined) return known
      const value: unknown = parseYaml(text, { merge: true })
      return typeof value === 'object' && value !== null ? intern(text, same(value)) : text
    },
  }
}
