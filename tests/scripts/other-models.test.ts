import { describe, expect, it } from 'vitest'
import { openPrices } from '../../harness/pricing/open-prices.ts'
import { readModelCatalog } from '../../providers/shared/model-catalog.ts'
import { otherModel } from '../../scripts/other-models.ts'

const catalog = readModelCatalog(
  `classes:
  small-class: { bedrock: us.vendor.small-v1:0, openai: small-mini }
models:
  bedrock:
    vendor.small-v1:0: { contextWindow: 1000, capabilities: [], price: aws/priced-as }
    vendor.free-v1:0: { capabilities: [] }
  openai:
    small-mini: { contextWindow: 2000, capabilities: [] }
`,
  'models.yaml',
)
const prices = await openPrices({
  name: 'prices.yaml',
  digest: '0',
  entries: [
    { model: 'aws/priced-as', input: 1, output: 2 },
    { model: 'openai/only-priced', input: 3, output: 4 },
    { model: 'openai-compatible/my-llama', input: 5, output: 6 },
  ],
})
const known = { catalog, prices, at: new Date('2026-11-26T00:00:00.000Z') }

describe('a model that a suite is to be priced as', () => {
  it.each([
    ['small-class', 'bedrock:us.vendor.small-v1:0', 'aws/priced-as', 1000],
    ['openai:small-class', 'openai:small-mini', 'openai/small-mini', 2000],
    ['small-mini', 'openai:small-mini', 'openai/small-mini', 2000],
    ['eu.vendor.small-v1:0', 'bedrock:eu.vendor.small-v1:0', 'aws/priced-as', 1000],
    ['bedrock:vendor.free-v1:0', 'bedrock:vendor.free-v1:0', 'aws/vendor.free-v1:0', undefined],
    ['openai:chat:small-mini', 'openai:chat:small-mini', 'openai/small-mini', 2000],
    ['openai:only-priced', 'openai:only-priced', 'openai/only-priced', undefined],
    ['ollama:my-llama', 'ollama:my-llama', 'openai-compatible/my-llama', undefined],
    ['simulated:sonnet', 'simulated:sonnet', 'simulated/sonnet', undefined],
  ])('named %s is %s, billed as %s', (name, id, billed, contextWindow) => {
    const model = otherModel(name, known)
    expect(model).toMatchObject({ name, id })
    expect(`${model.billing.vendor}/${model.billing.model}`).toBe(billed)
    expect(model.contextWindow).toBe(contextWindow)
  })

  it('may have no price: that is told, and no mistake', () => {
    const { tariff } = otherModel('vendor.free-v1:0', known)
    expect(tariff.price({ input: 1, output: 1 })).toBe('unknown')
  })

  it.each([
    ['smal-class', 'did you mean `small-class`?'],
    ['small-mino', 'did you mean `small-mini`?'],
    ['openai:small-mimi', 'did you mean `openai:small-mini`?'],
    ['openai:nobody-knows-this-one', 'name a class (sonnet-class)'],
    ['big-class', 'name a class (sonnet-class)'],
    ['anthropic:small-class', 'did you mean `small-class`?'],
    ['', 'name a class (sonnet-class)'],
  ])('that nobody knows, %j, is refused: %s', (name, hint) => {
    const refuse = (): unknown => otherModel(name, known)
    expect(refuse).toThrow(`--as: no model \`${name}\` is known`)
    expect(refuse).toThrow(
      expect.objectContaining({ exitCode: 2, hint: expect.stringContaining(hint) as string }),
    )
  })
})
