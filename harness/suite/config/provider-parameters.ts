import { isMap } from './schema/form.ts'

/**
 * The JSON schemas in `config.functions[].parameters` and `config.tools[].function.parameters` of a suite's providers.
 * The `$ref`s in them are the schema's own and go to the provider as they stand.
 */
export function parametersOf(suite: Readonly<Record<string, unknown>>): Set<object> {
  const found = new Set<object>()
  const add = (holder: unknown): void => {
    const parameters = isMap(holder) ? holder['parameters'] : undefined
    if (isMap(parameters)) found.add(parameters)
  }
  for (const entry of [suite['providers'], suite['targets']].flatMap(listOf)) {
    // `{<id>: {config: …}}` is the one form whose config lies a level deeper.
    const options = isMap(entry) && entry['config'] === undefined ? Object.values(entry)[0] : entry
    const config = isMap(options) ? options['config'] : undefined
    if (!isMap(config)) continue
    for (const fn of listOf(config['functions'])) add(fn)
    for (const tool of listOf(config['tools'])) if (isMap(tool)) add(tool['function'])
  }
  return found
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
