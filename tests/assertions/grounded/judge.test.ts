import { describe, expect, it } from 'vitest'
import grounded, { configure } from '../../../assertions/grounded.ts'
import type { ProviderResponse } from '../../../harness/model/provider.ts'
import { DOCUMENTS } from './context.ts'

const JUDGE = { id: 'file://judge.ts', label: 'judge' }
/** Of four words of matter the nearest passage has two or three, and no figure or name is against it. */
const UNSURE = 'Keeping a cat as a pet companion is fine for the tenant.'
const FALSE = 'The monthly rent is 777 euros.'
const TRUE = 'The Tenant may not sublet the flat.'

/** A judge that gives one answer; what it was asked is kept. */
function judgeThat(answer: ProviderResponse): { asked: string[]; ask: () => Promise<ProviderResponse> } {
  const asked: string[] = []
  const ask = (_grader?: unknown, prompt = ''): Promise<ProviderResponse> => {
    asked.push(prompt)
    return Promise.resolve(answer)
  }
  return { asked, ask }
}

async function check(
  reply: string,
  answer: ProviderResponse,
  config = {},
): Promise<{ score: number; asked: string[]; reason: string }> {
  const { asked, ask } = judgeThat(answer)
  const context = { config: { context: DOCUMENTS, judge: JUDGE, ...config }, assay: { dir: '/', ask } }
  const { score, reason } = await grounded(reply, context)
  return { score, reason, asked }
}

describe('the judge', () => {
  it('is an instrument that depends on its instruction and the band', async () => {
    const instrumentOf = async (config: object) =>
      (await configure({ context: 'x', judge: JUDGE, ...config }, { dir: '/' })).instrument
    const instrument = await instrumentOf({})
    expect(instrument?.graders).toEqual([JUDGE])
    expect((await instrumentOf({ threshold: 0.5 }))?.identity).toEqual(instrument?.identity)
    expect((await instrumentOf({ band: [0.2, 0.8] }))?.identity).not.toEqual(instrument?.identity)
  })

  it('decides what the words leave open', async () => {
    expect(await check(UNSURE, { output: '{"1": "supported"}' })).toMatchObject({ score: 1 })
    const refused = await check(UNSURE, { output: '```json\n{"1": "unsupported"}\n```' })
    expect(refused.score).toBe(0)
    expect(refused.reason).toContain('the judge finds it unsupported')
  })

  it('is told the claim and the passage that comes nearest, and asked once for a reply', async () => {
    const { asked } = await check(`${UNSURE}\n\nA cat as a pet is a fine thing for a tenant.`, {
      output: '{"1": "supported", "2": "supported"}',
    })
    expect(asked).toHaveLength(1)
    expect(asked[0]).toContain(JSON.stringify(UNSURE))
    expect(asked[0]).toContain('The Tenant may keep a cat')
    expect(asked[0]).toContain('Claim 2:')
  })

  it.each([
    ['what the words settle', TRUE, 1],
    ['a figure from nowhere', FALSE, 0],
    ['something the context never speaks of', 'Parking behind buildings costs visitors nothing.', 0],
  ])('is not asked about %s', async (_, reply, score) => {
    const verdict = await check(reply, { output: '{"1": "supported"}' })
    expect(verdict.asked).toEqual([])
    expect(verdict.score).toBe(score)
  })

  it('is not asked about citations: they hold by the words, as without one', async () => {
    const claim = 'The tenant may keep a small cat [lease].'
    const without = await grounded(claim, { config: { context: DOCUMENTS } })
    expect(without.namedScores).toEqual({ supported: 1, citations: 1 })
    const { ask } = judgeThat({ output: '{"1": "supported"}' })
    const context = { config: { context: DOCUMENTS, judge: JUDGE }, assay: { dir: '/', ask } }
    expect((await grounded(claim, context)).namedScores).toEqual({ supported: 1, citations: 1 })
  })

  it.each([
    [
      'answers nonsense',
      { output: 'Looks good to me!' },
      'the judge gives no verdict for claim 1: "Looks good to me!"',
    ],
    ['leaves a claim out', { output: '{"2": "supported"}' }, 'no verdict for claim 1'],
    ['says neither', { output: '{"1": "perhaps"}' }, 'no verdict for claim 1'],
    ['says nothing', { output: '' }, 'the grader failed: its reply is empty'],
    ['times out', { error: 'timed out after 60 s' }, 'the grader failed: timed out after 60 s'],
  ])('that %s leaves the check without a verdict', async (_, answer, message) => {
    await expect(check(UNSURE, answer)).rejects.toThrow(message)
  })
})
