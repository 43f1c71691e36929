import type { Billing } from '../harness/model/billing.ts'
import { billingOfKey } from '../harness/model/billing.ts'
import { HarnessError } from '../harness/model/errors.ts'
import type { ModelCatalog } from '../harness/model/model-catalog.ts'
import { suggest } from '../harness/model/suggest.ts'
import type { OtherModel } from '../harness/plan/forecast-as.ts'
import { tariffOf } from '../harness/plan/forecast-costs.ts'
import { billingOfId } from '../harness/pricing/billing-of-provider.ts'
import type { Prices } from '../harness/pricing/open-prices.ts'
import { servedId } from '../providers/shared/served-ids.ts'

/** How the list of models calls a vendor that the price table calls otherwise. */
const SCHEMES: Readonly<Record<string, string>> = { aws: 'bedrock' }

/** What the name of a class ends in. */
const CLASS = '-class'

interface Known {
  readonly catalog: ModelCatalog
  readonly prices: Prices
  /** The day whose prices hold. */
  readonly at: Date
}

/**
 * The model that is named by a class, a provider id, or the id alone of a model that is known.
 * @throws HarnessError `usage` for one that neither the list of models nor the prices know
 */
export function otherModel(name: string, { catalog, prices, at }: Known): OtherModel {
  const id = idOf(name, catalog)
  const asked = billedAs(id, catalog)
  const info = asked && catalog.find(SCHEMES[asked.vendor] ?? asked.vendor, asked.model)
  const billing = info?.price === undefined ? asked : billingOfKey(info.price)
  if (billing === undefined || (info === undefined && !prices.knows(billing, at)))
    throw unknown(name, catalog)
  const contextWindow = info?.contextWindow
  return {
    name,
    id,
    billing,
    tariff: tariffOf(billing, prices, at),
    ...(contextWindow !== undefined && { contextWindow }),
  }
}

/** The provider id that a class, or the id of a model alone, stands for. */
function idOf(name: string, catalog: ModelCatalog): string {
  const ofClass = catalog.idOfClass(name)
  if (ofClass !== undefined) return ofClass
  const schemes = new Set(catalog.ids.map((id) => id.slice(0, id.indexOf(':'))))
  const scheme = [...schemes].find((each) => catalog.find(each, name) !== undefined)
  return scheme === undefined ? name : `${scheme}:${name}`
}

function billedAs(id: string, catalog: ModelCatalog): Billing | undefined {
  // What is no class is none of a vendor's either: only those are refused.
  const served = isClass(id) ? undefined : servedId(id, catalog)
  return served === undefined ? billingOfId(id) : { vendor: served.vendor, model: served.model }
}

function isClass(id: string): boolean {
  return id.endsWith(CLASS)
}

function unknown(name: string, catalog: ModelCatalog): HarnessError {
  const near = isClass(name) ? nearestClass(name, catalog) : nearestModel(name, catalog)
  const how = 'name a class (sonnet-class), a provider id (openai:gpt-4o) or the id of a known model'
  return new HarnessError('usage', `--as: no model \`${name}\` is known`, {
    hint: near === undefined ? `${how}; \`assay.prices\` makes others known` : `did you mean \`${near}\`?`,
  })
}

function nearestModel(name: string, { classes, ids }: ModelCatalog): string | undefined {
  const alone = ids.map((id) => id.slice(id.indexOf(':') + 1))
  return suggest(name, [...classes, ...ids, ...alone])
}

/** By what tells them apart: all of them end alike. */
function nearestClass(name: string, { classes }: ModelCatalog): string | undefined {
  const stem = name.slice(name.lastIndexOf(':') + 1, -CLASS.length)
  const stems = classes.map((each) => each.slice(0, -CLASS.length))
  const near = suggest(stem, stems)
  return near && `${near}${CLASS}`
}
