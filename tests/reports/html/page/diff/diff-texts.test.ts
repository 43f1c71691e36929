import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diffTexts } from '../../../../../reports/html/page/diff/diff-texts.ts'
import { DIFF_LIMITS, type Piece, type TextDiff } from '../../../../../reports/html/page/diff/pieces.ts'

/** So that a busy machine finds what an idle one does. */
const UNTIMED = { ...DIFF_LIMITS, timeoutMs: 60_000 }

function pieces(diff: TextDiff): readonly Piece[] {
  if (diff.kind !== 'pieces') throw new Error(`no pieces: ${diff.kind}`)
  return diff.pieces
}

const side = (diff: TextDiff, without: Piece['op']) =>
  pieces(diff)
    .filter(({ op }) => op !== without)
    .map(({ text }) => text)
    .join('')

const prose = fc
  .array(
    fc.constantFrom(
      'the',
      'sofa',
      'is',
      'lovely',
      'not',
      '\n',
      ' ',
      '  ',
      '.',
      ',',
      '😀',
      '\r\n',
      'naïve',
      '日本',
    ),
    { maxLength: 60 },
  )
  .map((words) => words.join(' '))

describe('a comparison of two texts', () => {
  test('holds both of them whole, by words and by lines', () => {
    fc.assert(
      fc.property(prose, prose, fc.boolean(), (before, after, byLines) => {
        const diff = diffTexts(before, after, byLines ? { ...UNTIMED, wordUnits: 0 } : UNTIMED)
        if (diff.kind !== 'pieces') return
        expect(side(diff, 'added')).toBe(before)
        expect(side(diff, 'removed')).toBe(after)
      }),
    )
  })

  test('marks the words that changed and nothing else', () => {
    expect(pieces(diffTexts('the answer is positive today', 'the answer is mixed today', UNTIMED))).toEqual([
      { op: 'same', text: 'the answer is ' },
      { op: 'removed', text: 'positive' },
      { op: 'added', text: 'mixed' },
      { op: 'same', text: ' today' },
    ])
  })

  test('a word that only begins alike is another word', () => {
    expect(pieces(diffTexts('it is nice', 'it is nicer', UNTIMED))).toContainEqual({
      op: 'removed',
      text: 'nice',
    })
  })

  test('texts with next to nothing in common stand whole, not word by word', () => {
    const before = 'a reply that says one thing in quite some words'
    const after = 'Nothing like it, but a different answer altogether!'
    expect(pieces(diffTexts(before, after, UNTIMED)).filter(({ op }) => op !== 'same')).toHaveLength(2)
  })

  test('one word that changed in 5 MB is found', () => {
    const [before, after] = ['old', 'new'].map(
      (word) => `${'word '.repeat(500_000)}${word} ${'more '.repeat(500_000)}`,
    )
    const changed = pieces(diffTexts(before as string, after as string)).filter(({ op }) => op !== 'same')
    expect(changed).toEqual([
      { op: 'removed', text: 'old' },
      { op: 'added', text: 'new' },
    ])
  })

  test('long texts are compared by lines, with the words of lines that changed', () => {
    const lines = Array.from(
      { length: 10_000 },
      (_, i) => `line ${i} of a long reply that goes on for a while`,
    )
    const changed = lines
      .with(100, 'line 100 of a short reply that goes on for a while')
      .with(9_000, 'another line 9000')
    const diff = diffTexts(lines.join('\n'), changed.join('\n'), UNTIMED)
    expect(diff).toMatchObject({ kind: 'pieces', by: 'lines' })
    expect(pieces(diff)).toContainEqual({ op: 'added', text: 'short' })
  })

  test('texts too long and too different only tell where they part', () => {
    const before = `first\nse${'a b '.repeat(200_000)}`
    const after = `first\nse${'c d '.repeat(200_000)}`
    expect(diffTexts(before, after)).toEqual({ kind: 'different', at: { line: 2, column: 3, offset: 8 } })
  })

  test('without any time it still tells where they part', () => {
    const many = (word: string) => Array.from({ length: 3_000 }, (_, i) => `${word} ${i}`).join('\n')
    expect(diffTexts(many('a'), many('b'), { ...DIFF_LIMITS, timeoutMs: -1 }).kind).toBe('different')
  })

  test('an empty text and another are all removed or all added', () => {
    expect(pieces(diffTexts('', 'all of it', UNTIMED))).toEqual([{ op: 'added', text: 'all of it' }])
    expect(diffTexts('a', 'a')).toEqual({ kind: 'same' })
  })
})
