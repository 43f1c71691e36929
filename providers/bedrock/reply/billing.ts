import type { Billing } from '../../../harness/model/billing.ts'
import { billingOfKey } from '../../../harness/model/billing.ts'
import type { ModelInfo } from '../../../harness/model/model-catalog.ts'
import type { Settings } from '../config/settings.ts'
import type { ModelName } from '../model/model-name.ts'
import type { Gathered } from './gathered.ts'

/**
 * As what a call is billed: by what it was served with where the reply tells, else by what was asked for.
 * @param info its price key goes before the id
 */
export function billingOf(
  { asked }: ModelName,
  info: ModelInfo | undefined,
  settings: Settings,
  served: Pick<Gathered, 'latency' | 'serviceTier'> = {},
): Billing {
  const latency = served.latency ?? settings.latency
  const serviceTier = served.serviceTier ?? settings.serviceTier
  const tier =
    latency === 'optimized'
      ? latency
      : serviceTier === 'default' || serviceTier === undefined
        ? undefined
        : serviceTier
  const known = info?.price === undefined ? { vendor: 'aws', model: asked } : billingOfKey(info.price)
  return { ...known, ...(tier !== undefined && { tier }) }
}
