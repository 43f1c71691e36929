import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerTally } from '../../../../harness/analyze/measures/answer.ts'
import { measureOf, tableOf, tally } from './read-measures.ts'

interface Seen {
  readonly group: string
  readonly relation: string
  readonly caseId: string
  readonly answer: string | null
}

const measured = (seen: readonly Seen[]) =>
  tally(
    answerTally(),
    seen.map(({ caseId, ...answer }) => ({ evidence: { kind: 'answer', ...answer }, caseId })),
  )

/**
 * `aab | ab; cc` are two groups: the first has an original with three replies a, a, b and a paraphrase with two. `-` is no answer. The
 * third case of a group is its options reordered.
 */
const seenIn = (text: string): Seen[] =>
  text.split('; ').flatMap((cases, group) =>
    cases.split(' | ').flatMap((replies, index) =>
      Array.from(replies, (answer) => ({
        group: `g${group}`,
        relation: ['original', 'paraphrase', 'reordered'][index] ?? 'paraphrase',
        caseId: `g${group}-${index}`,
        answer: answer === '-' ? null : answer,
      })),
    ),
  )

describe('agreement worked by hand', () => {
  it.each([
    // Pairs of replies of one case that agree.
    ['aaa', 'repeat_agreement', 1],
    ['aab', 'repeat_agreement', 1 / 3],
    ['abc', 'repeat_agreement', 0],
    ['aabb', 'repeat_agreement', 1 / 3],
    ['aaab', 'repeat_agreement', 1 / 2],
    ['a', 'repeat_agreement', null],
    // No answer agrees with nothing, not even with no answer.
    ['--', 'repeat_agreement', 0],
    ['aa-', 'repeat_agreement', 1 / 3],
    // The mean of the cases.
    ['aa | ab', 'repeat_agreement', 1 / 2],
    ['aa; ab; aa; aa', 'repeat_agreement', 3 / 4],
    ['aa; a; ab', 'repeat_agreement', 1 / 2],
    // Pairs of one reply each.
    ['a | a', 'variant_agreement', 1],
    ['a | b', 'variant_agreement', 0],
    ['a | a | b', 'variant_agreement', 1 / 3],
    ['aa | ab', 'variant_agreement', 1 / 2],
    // ½·½ for a and ½·½ for b: two cases that waver alike still do not agree.
    ['ab | ab', 'variant_agreement', 1 / 2],
    ['aab | abb', 'variant_agreement', 4 / 9],
    ['- | -', 'variant_agreement', 0],
    ['a- | a', 'variant_agreement', 1 / 2],
    ['aaaa', 'variant_agreement', null],
    // Groups count alike, however many cases they have.
    ['a | a | a | a; a | b', 'variant_agreement', 1 / 2],
    // ½ within the cases, ½ between them.
    ['aa | ab', 'variant_gap', 0],
    ['aa | bb', 'variant_gap', 1],
    ['ab | ab', 'variant_gap', -1 / 2],
    ['a | b', 'variant_gap', null],
    // All replies of a group.
    ['aa | aa; aa | ab', 'unanimous', 1 / 2],
    ['-- | --', 'unanimous', 0],
    ['a; aa', 'unanimous', 1],
    ['a; b', 'unanimous', null],
    // With the group's original.
    ['a | a | b', 'agreement_paraphrase', 1],
    ['a | a | b', 'agreement_reordered', 0],
    ['aab | ab', 'agreement_paraphrase', 1 / 2],
    ['a | b; a | a; a | a; a | a', 'agreement_paraphrase', 3 / 4],
    ['a-; bb', 'no_answer', 1 / 4],
  ])('of %s the %s is %s', (text, name, value) => {
    const found = measureOf(measured(seenIn(text)), name).value
    if (value === null) expect(found).toBeNull()
    else expect(found).toBeCloseTo(value, 12)
  })

  it('has the item agreements of Fleiss 1971, 14 raters being 14 repeats', () => {
    // Psychological Bulletin 76:378, the example as it is usually printed; the mean of the items is 0.378.
    const items = [
      [0, 0, 0, 0, 14],
      [0, 2, 6, 4, 2],
      [0, 0, 3, 5, 6],
      [0, 3, 9, 2, 0],
      [2, 2, 8, 1, 1],
      [7, 7, 0, 0, 0],
      [3, 2, 6, 3, 0],
      [2, 5, 3, 2, 2],
      [6, 5, 2, 1, 0],
      [0, 2, 2, 3, 7],
    ]
    const text = items.map((counts) => counts.map((count, i) => 'abcde'.charAt(i).repeat(count)).join(''))
    expect(measureOf(measured(seenIn(text.join('; '))), 'repeat_agreement').value).toBeCloseTo(0.378, 3)
  })

  it('tables the relations: against the original, and over their own repeats', () => {
    expect(tableOf(measured(seenIn('aa | ab | bb')), 'by_relation')).toMatchObject({
      heads: ['relation', 'with the original', 'over its own repeats'],
      rows: [
        { head: 'original', cells: [null, 1] },
        { head: 'paraphrase', cells: [0.5, 0] },
        { head: 'reordered', cells: [0, 1] },
      ],
    })
  })

  it('has no table where no case is a variant', () => {
    expect(measured(seenIn('aa; bb')).tables).toEqual([])
  })

  it('counts groups, and has an interval by groups', () => {
    const { n, interval } = measureOf(
      measured(seenIn('a | a; a | b; a | a; b | b; a | b; a | a')),
      'variant_agreement',
    )
    expect(n).toEqual({ count: 6, of: 'groups' })
    expect(interval?.lo).toBeLessThan(4 / 6)
    expect(interval?.hi).toBeGreaterThan(4 / 6)
  })

  it('leaves a relation without an original unsaid', () => {
    const seen = seenIn('a | a').filter(({ relation }) => relation !== 'original')
    expect(measureOf(measured(seen), 'agreement_paraphrase')).toMatchObject({ value: null, interval: null })
  })

  it('gives a relation a name that a gate can write', () => {
    const seen: Seen[] = [
      { group: 'g', relation: 'original', caseId: '1', answer: 'a' },
      { group: 'g', relation: 'free para-phrase', caseId: '2', answer: 'a' },
    ]
    expect(measureOf(measured(seen), 'agreement_free_para_phrase').value).toBe(1)
  })
})

describe('laws of agreement', () => {
  const answer = fc.option(fc.constantFrom('a', 'b', 'c'), { freq: 5 })
  const seen = fc.record({
    group: fc.constantFrom('1', '2', '3', '4', '5', '6'),
    variant: fc.constantFrom('original', 'paraphrase', 'reordered'),
    answer,
  })
  const runs = fc
    .array(seen, { minLength: 1, maxLength: 40 })
    .map((all) =>
      all.map(({ variant, ...one }) => ({ ...one, relation: variant, caseId: `${one.group}-${variant}` })),
    )

  it('lies from 0 to 1, and the gap from −1 to 1', () => {
    fc.assert(
      fc.property(runs, (all) => {
        for (const { name, value } of measured(all).measures) {
          if (value === null) continue
          expect(value).toBeGreaterThanOrEqual(name === 'variant_gap' ? -1 : 0)
          expect(value).toBeLessThanOrEqual(1)
        }
      }),
      { seed: 1, numRuns: 50 },
    )
  })

  it('does not depend on the order in which trials end', () => {
    fc.assert(
      fc.property(runs, fc.nat(), (all, turn) => {
        const turned = [...all.slice(turn % all.length), ...all.slice(0, turn % all.length)].reverse()
        expect(measured(turned)).toEqual(measured(all))
      }),
      { seed: 1, numRuns: 50 },
    )
  })

  it('is 1 exactly where all replies of each group are the same', () => {
    fc.assert(
      fc.property(runs, (all) => {
        const found = measured(all)
        const [repeats, variants] = ['repeat_agreement', 'variant_agreement'].map(
          (name) => measureOf(found, name).value,
        )
        const alike = measureOf(found, 'unanimous').value
        const known = [repeats, variants].filter((value) => value !== null)
        if (known.length === 0) expect(alike).toBeNull()
        else expect(alike === 1).toBe(known.every((value) => value === 1))
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  it('answers named otherwise agree as before', () => {
    fc.assert(
      fc.property(runs, (all) => {
        const renamed = all.map((one) => ({ ...one, answer: one.answer && `the answer ${one.answer}` }))
        expect(measured(renamed)).toEqual(measured(all))
      }),
      { seed: 1, numRuns: 50 },
    )
  })
})
