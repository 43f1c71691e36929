import type { Builtin, ProviderClass, ServedModel } from '../harness/model/builtin.ts'
import type { ModelCatalog } from '../harness/model/model-catalog.ts'
import { modelCatalog } from '../providers/shared/model-catalog.ts'
import type { Adapter, ServedId } from '../providers/shared/served-ids.ts'
import { accountOf, servedFile, servedId } from '../providers/shared/served-ids.ts'

/** Imported when a suite uses them: each brings what it takes to speak its protocol. */
const ADAPTERS: Readonly<Record<Adapter, () => Promise<ProviderClass>>> = {
  simulated: async () => (await import('../providers/simulated/index.ts')).default,
  bedrock: async () => (await import('../providers/bedrock.ts')).default,
  aisdk: async () => (await import('../providers/aisdk.ts')).default,
}

/** The list of models is read when a class is named. */
const CLASSES: Pick<ModelCatalog, 'classes' | 'idOfClass'> = {
  get classes() {
    return modelCatalog().classes
  },
  idOfClass: (id) => modelCatalog().idOfClass(id),
}

/** The providers that come with assay. */
export const BUILTIN: Builtin = {
  serve(id) {
    const served = servedId(id, CLASSES)
    return served && { ...modelOf(served), load: ADAPTERS[served.adapter] }
  },
  serveFile(path, config) {
    const served = servedFile(path, config, CLASSES)
    return served && modelOf(served)
  },
  get classes() {
    return modelCatalog().classes
  },
}

function modelOf(served: ServedId): ServedModel {
  return { account: accountOf(served), meant: served.meant }
}
