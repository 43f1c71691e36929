import { describe, expect, it } from 'vitest'
import type { Assertion } from '../../../harness/model/assertion.ts'
import { caseOf, verifierIn, verifyReply } from './support.ts'

const passing: Assertion = { type: 'contains', value: 'cat' }

describe('a check that breaks', () => {
  const broken = { type: 'javascript', value: 'file://throws.ts' }
  const files = { 'throws.ts': `export default () => { throw new TypeError('no such label') }` }

  it('makes the trial errored and unscored, and keeps the reply and the other checks', async () => {
    const verifier = await verifierIn(files)
    const result = await verifyReply(verifier, caseOf([passing, broken]), { output: 'a cat' })
    expect(result).toMatchObject({ outcome: 'errored', score: null, namedScores: {}, output: 'a cat' })
    expect(result.checks).toMatchObject([
      { type: 'contains', pass: true, score: 1 },
      { type: 'javascript', pass: false, score: null },
    ])
    expect(result.error).toMatch(/javascript at .*suite\.yaml:7:5 broke: no such label/)
  })

  it('does so even where another check failed: the score is not known', async () => {
    const verifier = await verifierIn(files)
    expect(await verifyReply(verifier, caseOf([passing, broken]), { output: 'a dog' })).toMatchObject({
      outcome: 'errored',
      score: null,
    })
  })

  it('is told but does not count at weight 0', async () => {
    const verifier = await verifierIn(files)
    const result = await verifyReply(verifier, caseOf([passing, { ...broken, weight: 0 }]), {
      output: 'a cat',
    })
    expect(result).toMatchObject({ outcome: 'passed', score: 1 })
    expect(result.checks[1]?.error).toMatch(/no such label/)
  })

  it('breaks the set it is in', async () => {
    const verifier = await verifierIn(files)
    const set: Assertion = { type: 'assert-set', assert: [passing, broken] }
    const result = await verifyReply(verifier, caseOf([set]), { output: 'a cat' })
    expect(result.outcome).toBe('errored')
    expect(result.checks[0]).toMatchObject({ score: null, members: [{ score: 1 }, { score: null }] })
  })

  it('is stopped waiting for when it never resolves', async () => {
    const verifier = await verifierIn(
      { 'never.ts': `export default () => new Promise(() => {})` },
      { checkTimeoutMs: 20 },
    )
    const result = await verifyReply(verifier, caseOf([{ type: 'javascript', value: 'file://never.ts' }]), {
      output: 'a',
    })
    expect(result.error).toMatch(/did not finish within 20 ms/)
  })

  it('breaks on a score that is no number', async () => {
    const verifier = await verifierIn()
    const result = await verifyReply(verifier, caseOf([{ type: 'javascript', value: '0 / 0' }]), {
      output: 'a',
    })
    expect(result.error).toMatch(/gave a score that is no number: NaN/)
  })

  it.each([
    ['cost', 'the provider told none', { output: 'a' }, 12],
    ['perplexity', 'there are no logProbs', { output: 'a' }, 12],
    ['latency', 'the reply was replayed without one', { output: 'a', cost: 1 }, null],
  ])('breaks `%s` when %s', async (type, _why, response, latencyMs) => {
    const verifier = await verifierIn()
    const testCase = caseOf([{ type, threshold: 1 }])
    expect(await verifyReply(verifier, testCase, response, { latencyMs })).toMatchObject({
      outcome: 'errored',
    })
  })

  it('fails, not breaks, when inline code throws: an answer that cannot be parsed is the model’s fault', async () => {
    const verifier = await verifierIn()
    const testCase = caseOf([{ type: 'javascript', value: 'JSON.parse(output).label === "x"' }])
    expect(await verifyReply(verifier, testCase, { output: 'no json' })).toMatchObject({
      outcome: 'failed',
      score: 0,
    })
  })

  it('fails, not passes, when a failure gives no reason', async () => {
    const verifier = await verifierIn()
    const testCase = caseOf([{ type: 'javascript', value: '({pass: false, score: 0, reason: ""})' }])
    expect((await verifyReply(verifier, testCase, { output: 'a' })).outcome).toBe('failed')
  })
})
