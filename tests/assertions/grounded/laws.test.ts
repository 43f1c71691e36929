import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { piecesOf } from '../../../assertions/grounded/pieces.ts'
import { sentencesOf } from '../../../assertions/shared/sentences.ts'
import { check, DOCUMENTS } from './context.ts'

const SENTENCES = DOCUMENTS.flatMap(({ text }) => sentencesOf(text).map((sentence) => sentence.text))
const FIXED = { seed: 1, numRuns: 100 }
const sentence = fc.constantFrom(...SENTENCES)

describe('grounded, for all replies', () => {
  it.each(SENTENCES)('a context supports each of its sentences: %s', (text) => {
    expect(check(text)).toMatchObject({ score: 1 })
  })

  it('scores any text from 0 to 1, with marks inside of it', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.lorem({ maxCount: 30 })),
        (reply) => {
          const { score, namedScores, metadata } = check(reply)
          for (const value of [score, namedScores?.['supported'] ?? 0]) {
            expect(value).toBeGreaterThanOrEqual(0)
            expect(value).toBeLessThanOrEqual(1)
          }
          for (const { start, end } of metadata?.marks ?? []) {
            expect(start).toBeGreaterThanOrEqual(0)
            expect(end).toBeGreaterThan(start)
            expect(end).toBeLessThanOrEqual(reply.length)
          }
        },
      ),
      FIXED,
    )
  })

  it('the order of sentences does not matter', () => {
    const lines = fc.array(fc.oneof(sentence, fc.constant('The rent is 777 euros.')), {
      minLength: 1,
      maxLength: 6,
    })
    fc.assert(
      fc.property(lines, (replies) => {
        const there = check(replies.join('\n\n'))
        const back = check(replies.toReversed().join('\n\n'))
        expect(back.score).toBe(there.score)
        expect(back.metadata?.evidence).toEqual(there.metadata?.evidence)
      }),
      FIXED,
    )
  })

  it('one more sentence of the context never lowers the score, one that is made up always does', () => {
    fc.assert(
      fc.property(fc.array(sentence, { minLength: 1, maxLength: 5 }), sentence, (replies, more) => {
        const before = check([...replies, 'The rent is 777 euros.'].join('\n\n')).score
        expect(check([...replies, 'The rent is 777 euros.', more].join('\n\n')).score).toBeGreaterThanOrEqual(
          before,
        )
        expect(check([...replies, 'The moon weighs 777 kg.'].join('\n\n')).score).toBeLessThan(1)
      }),
      FIXED,
    )
  })

  it('a number put in place of another is never supported', () => {
    const withNumber = fc.constantFrom(
      ...SENTENCES.filter((text) => /(?<![\d,.-])\d{2,3}(?![\d,.-])/.test(text)),
    )
    fc.assert(
      fc.property(withNumber, fc.integer({ min: 5000, max: 9000 }), (text, other) => {
        expect(check(text.replace(/(?<![\d,.-])\d{2,3}(?![\d,.-])/, String(other))).score).toBe(0)
      }),
      FIXED,
    )
  })
})

describe('sentences', () => {
  it('are slices of the text, in order, without overlap, and pieces are bounded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        let at = 0
        for (const { text: said, start, end } of piecesOf(text)) {
          expect(text.slice(start, end)).toBe(said)
          expect(start).toBeGreaterThanOrEqual(at)
          expect(said.length).toBeLessThanOrEqual(1000)
          at = end
        }
      }),
      FIXED,
    )
  })
})
