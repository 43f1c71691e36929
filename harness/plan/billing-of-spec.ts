import type { Billing } from '../model/billing.ts'
import type { Provider } from '../model/provider.ts'
import type { ProviderSpec } from '../model/suite.ts'
import { billingOfProvider } from '../pricing/billing-of-provider.ts'

/**
 * What the calls of a provider are billed as, as far as that is known before one is made.
 * @param provider absent for one of promptfoo's that was not loaded: then its id tells
 */
export function billingOfSpec(
  { id, model = id, config }: Pick<ProviderSpec, 'id' | 'model' | 'config'>,
  provider: Provider | undefined,
): Billing | undefined {
  if (provider !== undefined) return billingOfProvider(provider, model)
  // What comes out of the environment is known once it is loaded.
  return model.includes('{{') ? undefined : billingOfProvider({ id: () => model, config }, model)
}
