import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { ModelCatalog, ModelInfo } from '../../harness/model/model-catalog.ts'
import { knownAs, parseModels } from './parse-models.ts'

let known: ModelCatalog | undefined

/** The catalog of `providers/models.yaml`, read once a process. @throws HarnessError `suite` for a mistake in it */
export function modelCatalog(): ModelCatalog {
  // Beside the folder of this file, from source as in the built package.
  const file = fileURLToPath(new URL('../models.yaml', import.meta.url))
  known ??= readModelCatalog(readFileSync(file, 'utf8'), file)
  return known
}

/** @throws HarnessError `suite`, at its place in `file`, for a mistake in the text */
export function readModelCatalog(text: string, file: string): ModelCatalog {
  const { classes, models } = parseModels(text, file)
  const infos = new Map<string, ModelInfo>()
  for (const [scheme, byId] of Object.entries(models))
    for (const [id, model] of Object.entries(byId)) infos.set(`${scheme}:${id}`, { id, scheme, ...model })
  const vendorsOf = new Map(Object.entries(classes).map(([name, vendors]) => [name, Object.entries(vendors)]))

  return {
    classes: Object.keys(classes),
    ids: [...infos.keys()],
    idOfClass(id) {
      const colon = id.indexOf(':')
      const vendors = vendorsOf.get(id.slice(colon + 1)) ?? []
      const scheme = colon === -1 ? vendors[0]?.[0] : id.slice(0, colon)
      const model = vendors.find(([name]) => name === scheme)?.[1]
      return model === undefined ? undefined : `${scheme}:${model}`
    },
    find(scheme, model) {
      const key = knownAs(scheme, model).find((id) => infos.has(`${scheme}:${id}`))
      return key === undefined ? undefined : infos.get(`${scheme}:${key}`)
    },
  }
}
