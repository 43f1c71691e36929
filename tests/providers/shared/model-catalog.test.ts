import { calcPrice } from '@pydantic/genai-prices'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { modelCatalog, readModelCatalog } from '../../../providers/shared/model-catalog.ts'
import { parseModels } from '../../../providers/shared/parse-models.ts'

const FILE = new URL('../../../providers/models.yaml', import.meta.url)
const written = parseModels(readFileSync(FILE, 'utf8'), 'models.yaml')

/** How the price table calls whoever serves the models of a scheme. */
const BILLED_BY: Readonly<Record<string, string>> = {
  bedrock: 'aws',
  anthropic: 'anthropic',
  google: 'google',
  openai: 'openai',
}

/** Every id that a suite may write of a known model: Bedrock's by each of its inference profiles. */
const ids = Object.entries(written.models).flatMap(([scheme, models]) =>
  Object.entries(models).flatMap(([id, model]) => {
    const { profiles = [], profileOnly = false, price } = model
    const own = profileOnly ? [] : [id]
    return [...own, ...profiles.map((profile) => `${profile}.${id}`)].map((each) => ({
      scheme,
      id: price ?? each,
      model,
    }))
  }),
)

function priceOf(scheme: string, id: string) {
  const usage = { input_tokens: 1_000_000, output_tokens: 1_000_000 }
  const providerId = BILLED_BY[scheme] ?? ''
  return calcPrice(usage, id, { providerId, timestamp: new Date('2026-11-26T00:00:00Z') })
}

describe('every known model', () => {
  it('has a price for prompts and for replies, by each of its ids', () => {
    expect(ids.length).toBeGreaterThan(100)
    const unpriced = ids.filter(({ scheme, id }) => {
      const price = priceOf(scheme, id)
      return !(price && price.input_price > 0 && price.output_price > 0)
    })
    expect(unpriced.map(({ scheme, id }) => `${scheme}:${id}`)).toEqual([])
  })

  it('has the context window that the price table has, where that has one', () => {
    const compared = ids.flatMap(({ scheme, id, model }) => {
      const window = priceOf(scheme, id)?.model.context_window
      return window === undefined ? [] : [{ id, ours: model.contextWindow, theirs: window }]
    })
    expect(compared.length).toBeGreaterThan(90)
    expect(compared.filter(({ ours, theirs }) => ours !== theirs)).toEqual([])
  })

  it('answers in less than its context window', () => {
    const longer = ids.filter(({ model: { maxOutput = 1, contextWindow = 2 } }) => maxOutput >= contextWindow)
    expect(longer).toEqual([])
  })
})

describe('a class', () => {
  const catalog = modelCatalog()

  it('stands for the model of its first vendor, or of the one that is named', () => {
    expect(catalog.classes).toEqual(expect.arrayContaining(['flash-class', 'haiku-class', 'sonnet-class']))
    expect(catalog.idOfClass('sonnet-class')).toMatch(/^bedrock:global\.anthropic\.claude-sonnet-/)
    expect(catalog.idOfClass('bedrock:sonnet-class')).toBe(catalog.idOfClass('sonnet-class'))
    expect(catalog.idOfClass('anthropic:sonnet-class')).toMatch(/^anthropic:claude-sonnet-/)
    expect(catalog.idOfClass('flash-class')).toMatch(/^google:gemini-.*flash/)
  })

  it.each([
    'sonet-class',
    'openai:sonnet-class',
    'sonnet',
    'bedrock:',
    '',
    'bedrock:anthropic.claude-sonnet-4-6',
  ])('is not named by %s', (id) => {
    expect(catalog.idOfClass(id)).toBeUndefined()
  })

  it('stands for models that are served for a while yet', () => {
    const models = catalog.classes.flatMap((name) =>
      Object.entries(written.classes[name] ?? {}).map(([scheme, model]) => catalog.find(scheme, model)),
    )
    expect(models).not.toContain(undefined)
    expect(models.filter((model) => model?.retires !== undefined)).toEqual([])
  })
})

describe('a model is found', () => {
  it.each([
    ['by its id', 'bedrock', 'amazon.nova-lite-v1:0', 'amazon.nova-lite-v1:0'],
    ['by an inference profile', 'bedrock', 'us.amazon.nova-lite-v1:0', 'amazon.nova-lite-v1:0'],
    ['by a profile of the government', 'bedrock', 'us-gov.amazon.nova-lite-v1:0', 'amazon.nova-lite-v1:0'],
    [
      'by the ARN of a profile',
      'bedrock',
      'arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.anthropic.claude-sonnet-4-6',
      'anthropic.claude-sonnet-4-6',
    ],
    [
      'by the ARN of a model',
      'bedrock',
      'arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-micro-v1:0',
      'amazon.nova-micro-v1:0',
    ],
    ['by a snapshot', 'openai', 'gpt-4o-2024-11-20', 'gpt-4o'],
    ['by a dated snapshot', 'anthropic', 'claude-haiku-4-5-20251001', 'claude-haiku-4-5'],
    ['by a numbered snapshot', 'google', 'gemini-2.0-flash-001', 'gemini-2.0-flash'],
  ])('%s', (_how, scheme, model, id) => {
    expect(modelCatalog().find(scheme, model)).toMatchObject({ id, scheme })
  })

  it.each([
    ['of another vendor', 'openai', 'amazon.nova-lite-v1:0'],
    ['nobody knows', 'bedrock', 'acme.model-v1:0'],
    ['with a profile of its own', 'bedrock', 'arn:aws:bedrock:us-east-1:1:application-inference-profile/abc'],
    ['that is longer', 'openai', 'gpt-4o-mini-search'],
  ])('and not one %s', (_which, scheme, model) => {
    expect(modelCatalog().find(scheme, model)).toBeUndefined()
  })
})

describe('a mistake in the list is told at its place', () => {
  it.each([
    [
      'an unknown key',
      'classes: {}\nmodels:\n  openai:\n    a: { capabilities: [], contextWindw: 1 }',
      '4:28',
      'models.openai.a.contextWindw: unknown key',
    ],
    ['an unknown vendor', 'classes: {}\nmodels:\n  opnai: {}', '3:3', 'models.opnai: unknown key'],
    [
      'a class of a model that is not there',
      'classes:\n  x-class: { openai: gpt-4 }\nmodels: { openai: { gpt-4o: { capabilities: [] } } }',
      '2:22',
      'classes.x-class: no model `gpt-4` of openai is in the list',
    ],
    [
      'a class without a model',
      'classes:\n  x-class: {}\nmodels: {}',
      '2:12',
      'classes.x-class: a class needs a model',
    ],
    [
      'a class by another name',
      'classes:\n  best: { openai: a }\nmodels: {}',
      '2:3',
      'classes.best: the name of a class ends in `-class`',
    ],
    [
      'a capability nobody has',
      'classes: {}\nmodels: { openai: { a: { capabilities: [sings] } } }',
      '2:41',
      'models.openai.a.capabilities.0: ',
    ],
    [
      'a date that is none',
      'classes: {}\nmodels: { openai: { a: { capabilities: [], retires: soon } } }',
      '2:53',
      'models.openai.a.retires: an ISO date is YYYY-MM-DD',
    ],
    ['a key that is there twice', 'classes: {}\nclasses: {}\nmodels: {}', '2:1', 'Map keys must be unique'],
    ['no list at all', '', '1:1', 'expected object'],
  ])('%s', (_what, text, place, message) => {
    const read = () => readModelCatalog(text, 'models.yaml')
    expect(read).toThrow(message)
    const [line, column] = place.split(':').map(Number)
    expect(thrownBy(read)).toMatchObject({ code: 'suite', at: { file: 'models.yaml', line, column } })
  })

  it('with the model that was meant', () => {
    const text =
      'classes:\n  x-class: { openai: gpt-4oo }\nmodels: { openai: { gpt-4o: { capabilities: [] } } }'
    expect(thrownBy(() => readModelCatalog(text, 'models.yaml'))).toMatchObject({
      hint: 'did you mean `gpt-4o`?',
    })
  })
})

function thrownBy(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}
