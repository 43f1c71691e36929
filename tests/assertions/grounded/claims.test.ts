import { describe, expect, it } from 'vitest'
import { check } from './context.ts'

const FALSE = 'The monthly rent is 777 euros.'
const TRUE = 'The Tenant may not sublet the flat.'

describe('what claims something', () => {
  it.each([
    ['half of it', `${TRUE} ${FALSE}`, 0.5],
    ['a list', `The terms:\n- ${TRUE}\n- ${FALSE}\n- Heating costs are not included in the rent.`, 2 / 3],
    ['questions claim nothing', `${TRUE} Would you like to know more about the deposit of 500 euros?`, 1],
    [
      'greetings and courtesies claim nothing',
      `Hello Anna,\n\n${TRUE}\n\nI hope this helps!\nKind regards, Support`,
      1,
    ],
    ['a lead-in claims nothing', `Here is what the documents say:\n${TRUE}`, 1],
    ['"please note" is taken off a claim', 'Please note that the monthly rent is 777 euros.', 0],
    ['a courtesy with a fact is a claim', 'Certainly! Here is the deposit: 5,000 euros.', 0],
    ['a decline is no claim', `${TRUE} The lease does not mention parking.`, 1],
    ['what follows a decline is', 'The lease does not mention parking, but a garage costs 80 euros.', 0],
    ['a name alone is a claim', 'Zacharias Holm', 0],
    ['headings of a word claim nothing', `# Subletting\n${TRUE}`, 1],
  ])('%s: score', (_, reply, score) => {
    expect(check(reply).score).toBeCloseTo(score, 10)
  })

  it.each([
    'The context does not say who the architect was.',
    "I don't know; the documents don't mention it.",
    'There is no information about parking in the documents.',
    'Not specified.',
    'I cannot find the answer in the given context.',
  ])('a reply that only declines has score 1: %s', (reply) => {
    const verdict = check(reply)
    expect(verdict).toMatchObject({ pass: true, score: 1, namedScores: { supported: 1 } })
    expect(verdict.metadata?.evidence).toEqual({ kind: 'claims', claims: 0, supported: 0 })
  })

  it.each([
    ['', 'the reply is empty'],
    ['  \n\t ', 'the reply is empty'],
    [null, 'the reply is empty'],
    [undefined, 'the reply is empty'],
    ["I'm sorry, but I can't help with that.", 'the reply refuses'],
    ['Sure!', 'claims nothing that could be checked'],
    ['…!?', 'claims nothing that could be checked'],
  ])('%j has score 0: %s', (reply, why) => {
    const verdict = check(reply)
    expect(verdict).toMatchObject({ pass: false, score: 0, namedScores: { supported: 0 } })
    expect(verdict.reason).toContain(why)
  })

  it('passes from the threshold on', () => {
    const reply = `${TRUE} ${FALSE}`
    expect(check(reply, { threshold: 0.5 }).pass).toBe(true)
    expect(check(reply, { threshold: 0.51 }).pass).toBe(false)
  })

  it('counts claims for the hallucination rate', () => {
    expect(check(`${TRUE} ${FALSE} ${FALSE}`).metadata?.evidence).toEqual({
      kind: 'claims',
      claims: 3,
      supported: 1,
    })
  })

  it('marks the unsupported sentence, and says in the mark what is wrong with it', () => {
    const reply = `${TRUE} ${FALSE} That is all.`
    const [mark, ...others] = check(reply).metadata?.marks ?? []
    expect(others).toEqual([])
    expect(reply.slice(mark?.start, mark?.end)).toBe(FALSE)
    expect(mark).toMatchObject({ label: 'unsupported', note: 'the number 777 euros is not in the context.' })
  })

  it('has a reason to go by for the next try', () => {
    expect(check(`${TRUE} ${FALSE}`).reason).toBe(
      `1 of 2 claims is not supported by the context: "${FALSE}" (the number 777 euros is not in the context).`,
    )
  })
})

describe('a JSON reply', () => {
  const reply = JSON.stringify({
    answer: `${TRUE} "Straße" \n${FALSE}`,
    citations: ['lease'],
  })

  it('is judged by what stands at the path, with marks at their place in the reply', () => {
    const verdict = check(reply, { answer: '$.answer' })
    const marks = verdict.metadata?.marks ?? []
    expect(marks.map(({ start, end }) => reply.slice(start, end))).toContain(FALSE)
  })

  it('is found in a fence, and its marks too', () => {
    const fenced = `Here:\n\`\`\`json\n${JSON.stringify({ answer: FALSE })}\n\`\`\``
    const [mark] = check(fenced, { answer: 'answer' }).metadata?.marks ?? []
    expect(fenced.slice(mark?.start, mark?.end)).toBe(FALSE)
  })

  it('may have several answers, each with citations of its own', () => {
    const claims = [
      { text: TRUE, sources: ['lease'] },
      { text: 'Tidewater acquired Bluefin in 2006.', sources: ['lease'] },
    ]
    const verdict = check({ claims }, { answer: '$.claims[].text', citationPath: '$.claims[].sources' })
    expect(verdict.namedScores).toEqual({ supported: 1, citations: 0.5 })
    expect(verdict.metadata?.evidence).toEqual({
      kind: 'claims',
      claims: 2,
      supported: 2,
      citations: { made: 2, exist: 2, support: 1 },
    })
  })

  it('takes a citation beside an answer for all of it, and objects by their id', () => {
    const output = { answer: TRUE, citations: [{ id: 'lease', quote: 'sublet' }, { id: 'atlas' }] }
    const verdict = check(output, { answer: 'answer', citationPath: 'citations' })
    expect(verdict.metadata?.evidence).toMatchObject({ citations: { made: 2, exist: 1, support: 1 } })
    expect(verdict.reason).toContain('the citation "atlas" names no document of the context')
  })

  it('takes null for a decline', () => {
    expect(check('{"answer": null}', { answer: 'answer' })).toMatchObject({ pass: true, score: 1 })
  })

  it.each([
    ['{"answer": "The ten', 'JSON'],
    ['{"answer": "a b", "answer": "c d"}', 'answer'],
    ['{"reply": "The tenant"}', 'nothing at answer'],
    [`${'['.repeat(10_000)}${']'.repeat(10_000)}`, '500'],
  ])('fails where there is no answer in it: %.30s', (broken, why) => {
    const verdict = check(broken, { answer: 'answer' })
    expect(verdict).toMatchObject({ pass: false, score: 0 })
    expect(verdict.reason).toContain(why)
  })
})
