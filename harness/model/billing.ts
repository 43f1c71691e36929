/** What a call is billed as: how the price table finds its price. */
export interface Billing {
  /** Who sends the bill, as the price table names it: aws, anthropic, google, openai, simulated… */
  readonly vendor: string
  /** The model as it was asked for, an inference profile's prefix included: us.anthropic.claude-sonnet-4-5-20250929-v1:0. */
  readonly model: string
  /** Service tier where it is not the standard one: batch, flex, priority, optimized… */
  readonly tier?: string | undefined
}

/** How a price overlay names it, and how it is shown: `aws/amazon.nova-lite-v1:0`. */
export function billingKey({ vendor, model }: Billing): string {
  return `${vendor}/${model}`
}

/** What a key of that form names. A model may have slashes of its own. */
export function billingOfKey(key: string): Billing {
  const slash = key.indexOf('/')
  return { vendor: key.slice(0, slash), model: key.slice(slash + 1) }
}

/** A bill as code of the user's tells it; undefined unless it names vendor and model, for what is billed as nothing has no price. */
export function billingTold(told: unknown): Billing | undefined {
  if (typeof told !== 'object' || told === null) return undefined
  const { vendor, model, tier } = told as Readonly<Record<string, unknown>>
  if (!isName(vendor) || !isName(model)) return undefined
  return { vendor, model, ...(isName(tier) && { tier }) }
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}
