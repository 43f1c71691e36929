import { ConfigError } from '../../harness/model/errors.ts'
import { modelCatalog } from '../shared/model-catalog.ts'
import { servedId } from '../shared/served-ids.ts'
import type { Config } from './config/spellings.ts'
import type { Vendor } from './vendor.ts'
import { VENDORS } from './vendor.ts'

export interface VendorsModel {
  readonly vendor: Vendor
  /** Never a class: the model that it stands for. */
  readonly model: string
}

/**
 * Which model is meant: by the provider's id, `google:gemini-2.5-flash`, or, where that is the name of a file, by the config.
 * @throws ConfigError where neither says it, and for a class that nobody knows
 */
export function modelOf(id: string | undefined, { vendor, model }: Config): VendorsModel {
  const served = id === undefined ? undefined : servedId(id, modelCatalog())
  if (served?.adapter === 'aisdk') {
    for (const [key, value] of Object.entries({ vendor, model })) {
      if (value === undefined) continue
      throw new ConfigError(`aisdk: \`${key}\` is said by the id \`${id}\` already`, [key], true)
    }
    return { vendor: served.scheme as Vendor, model: served.model }
  }
  if (!isVendor(vendor)) {
    const hint = `vendors: ${VENDORS.join(', ')}`
    if (vendor === undefined) throw new ConfigError('aisdk: `vendor` is missing', [], false, hint)
    throw new ConfigError(`aisdk: config.vendor: there is no such vendor`, ['vendor'], false, hint)
  }
  if (typeof model !== 'string' || model === '') {
    const path = model === undefined ? [] : ['model']
    throw new ConfigError('aisdk: `model` is missing', path, false, 'name the model as its vendor does')
  }
  const meant = servesClasses(vendor) ? servedId(`${vendor}:${model}`, modelCatalog())?.meant : undefined
  return { vendor, model: meant === undefined ? model : meant.slice(meant.indexOf(':') + 1) }
}

function isVendor(word: unknown): word is Vendor {
  return VENDORS.some((vendor) => vendor === word)
}

function servesClasses(vendor: Vendor): boolean {
  return vendor !== 'openai-compatible' && vendor !== 'ollama'
}
