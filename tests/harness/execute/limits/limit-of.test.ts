import { describe, expect, it } from 'vitest'
import { limitOf } from '../../../../harness/execute/limits/limit-of.ts'
import { specOf, suiteOf } from '../world.ts'

const providers = [specOf('flash', { id: 'bedrock:amazon.nova', account: 'bedrock' })]

describe('limitOf', () => {
  it('takes each figure from the first pattern that matches and states it', () => {
    const limits = {
      'openai:*': { rpm: 1 },
      'bedrock:*': { rpm: 500 },
      bedrock: { concurrency: 4, rpm: 900, tpm: 1000 },
    }
    const suite = suiteOf({ providers, assay: { limits }, maxConcurrency: 8 })
    expect(limitOf('bedrock', suite, undefined)).toStrictEqual({ concurrency: 4, rpm: 500, tpm: 1000 })
    expect(limitOf('openai', suite, undefined)).toStrictEqual({
      concurrency: 8,
      rpm: undefined,
      tpm: undefined,
    })
  })

  it('gives each account that a pattern matches its figures, be it by scheme, model, label or id', () => {
    const account = 'bedrock:amazon.nova-lite-v1:0'
    const specs = [specOf('lite', { id: 'nova-lite-class', account })]
    for (const pattern of ['bedrock:*', 'bedrock', account, '*nova-lite*', 'lite', 'nova-lite-class']) {
      const suite = suiteOf({ providers: specs, assay: { limits: { [pattern]: { concurrency: 20 } } } })
      expect([pattern, limitOf(account, suite, undefined).concurrency]).toEqual([pattern, 20])
    }
    const other = suiteOf({
      providers: specs,
      assay: { limits: { 'bedrock:amazon.nova-lite': { rpm: 1 }, bed: { rpm: 1 } } },
    })
    expect(limitOf(account, other, undefined).rpm).toBeUndefined()
  })

  it('prefers the override to all that is written, but only for calls in flight', () => {
    const suite = suiteOf({ providers, assay: { limits: { '*': { concurrency: 4, rpm: 5 } } } })
    expect(limitOf('bedrock', suite, 2)).toMatchObject({ concurrency: 2, rpm: 5 })
  })

  it('reads a dot and a bracket in a pattern as what they are', () => {
    const suite = suiteOf({
      providers,
      assay: { limits: { 'bedrock:amazonXnova': { rpm: 1 }, '[b]*': { rpm: 2 } } },
    })
    expect(limitOf('bedrock', suite, undefined).rpm).toBeUndefined()
  })

  it('makes calls in flight a whole number of at least one, and says none where none is written', () => {
    const suite = suiteOf({ providers })
    const figures = [undefined, 2.7, 0.2].map((override) => limitOf('bedrock', suite, override).concurrency)
    expect(figures).toStrictEqual([undefined, 2, 1])
  })
})
