import { describe, expect, it } from 'vitest'
import { billingOfId, billingOfProvider } from '../../../harness/pricing/billing-of-provider.ts'

describe('the id of a provider', () => {
  it.each([
    ['openai:gpt-4o', 'openai/gpt-4o'],
    ['openai:chat:gpt-4o', 'openai/gpt-4o'],
    ['promptfoo:openai:responses:gpt-5', 'openai/gpt-5'],
    ['openai:chat:ft:gpt-4o-mini-2024-07-18:acme::x', 'openai/ft:gpt-4o-mini-2024-07-18:acme::x'],
    ['openai:embedding:text-embedding-3-small', 'openai/text-embedding-3-small'],
    ['anthropic:messages:claude-haiku-4-5', 'anthropic/claude-haiku-4-5'],
    ['google:gemini-2.5-flash', 'google/gemini-2.5-flash'],
    ['vertex:gemini-2.5-flash', 'google/gemini-2.5-flash'],
    ['bedrock:us.anthropic.claude-sonnet-4-6', 'aws/us.anthropic.claude-sonnet-4-6'],
    ['bedrock:converse:amazon.nova-lite-v1:0', 'aws/amazon.nova-lite-v1:0'],
    ['simulated:flash', 'simulated/flash'],
    ['xai:grok-4', 'x-ai/grok-4'],
  ])('names who sends the bill, and the model: %s is %s', (id, key) => {
    const { vendor, model } = billingOfId(id) as { vendor: string; model: string }
    expect(`${vendor}/${model}`).toBe(key)
  })

  it.each([
    ['azure:chat:gpt-4o', 'a deployment may be called anything'],
    ['ollama:chat:llama3', 'a server of one’s own'],
    ['https://example.com/gpt-4o', 'an address'],
    ['file://openai:gpt-4o', 'a file'],
    ['openai:', 'no model'],
    ['openai', 'no model'],
    ['constructor:x', 'a name that every object has'],
    ['', 'nothing'],
  ])('may name neither: %s, %s', (id) => {
    expect(billingOfId(id)).toBeUndefined()
  })
})

describe('a provider', () => {
  const id = () => 'openai:gpt-4o'
  const table = { vendor: 'openai', model: 'gpt-4o' }

  it('is billed as it tells, else by its id', () => {
    const billing = { vendor: 'aws', model: 'amazon.nova-lite-v1:0' }
    expect(billingOfProvider({ id, billing }, '')).toEqual(billing)
    expect(billingOfProvider({ id }, '')).toEqual(table)
  })

  it('that tells it does not know is not asked for its id', () => {
    expect(billingOfProvider({ id, billing: undefined }, 'openai:gpt-4o')).toBeUndefined()
  })

  it.each(['aws', null, { vendor: 'aws' }, { vendor: 'aws', model: 7 }])(
    'that tells nonsense does not know: %j',
    (billing) => {
      expect(billingOfProvider({ id, billing: billing as never }, 'openai:gpt-4o')).toBeUndefined()
    },
  )

  it.each(['apiBaseUrl', 'apiHost', 'baseUrl', 'baseURL', 'base_url'])(
    'that speaks to another server is not billed by the vendor: %s',
    (key) => {
      expect(billingOfProvider({ id, config: { [key]: 'http://127.0.0.1:8080' } }, '')).toBeUndefined()
      expect(billingOfProvider({ id, config: { [key]: undefined, temperature: 0 } }, '')).toEqual(table)
    },
  )

  it('that throws when it is asked goes by the id the suite has', () => {
    const throws = () => {
      throw new Error('no name')
    }
    expect(billingOfProvider({ id: throws }, 'openai:gpt-4o')).toEqual(table)
  })
})
