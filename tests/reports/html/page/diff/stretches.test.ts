import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { diffTexts } from '../../../../../reports/html/page/diff/diff-texts.ts'
import { fold } from '../../../../../reports/html/page/diff/fold.ts'
import { DIFF_LIMITS, type Piece } from '../../../../../reports/html/page/diff/pieces.ts'
import { sideOf, type Stretch, stretchesOf } from '../../../../../reports/html/page/diff/stretches.ts'

const textOf = (stretches: readonly Stretch[], side: 'before' | 'after') =>
  stretches
    .map((one) =>
      one.kind === 'same'
        ? one.text
        : sideOf(one.pieces, side)
            .map(({ text }) => text)
            .join(''),
    )
    .join('')

const lines = fc
  .array(fc.constantFrom('one', 'two', 'three words here', ''), { maxLength: 12 })
  .map((some) => some.join('\n'))

describe('stretches of a comparison', () => {
  test('hold both texts, side by side', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const diff = diffTexts(before, after, { ...DIFF_LIMITS, timeoutMs: 60_000 })
        if (diff.kind !== 'pieces') return
        const stretches = stretchesOf(diff.pieces)
        expect(textOf(stretches, 'before')).toBe(before)
        expect(textOf(stretches, 'after')).toBe(after)
      }),
    )
  })

  test('what changed stands in whole lines', () => {
    const pieces: Piece[] = [
      { op: 'same', text: 'first\nthe answer: ' },
      { op: 'removed', text: 'no' },
      { op: 'added', text: 'yes' },
      { op: 'same', text: ', surely\nlast\n' },
    ]
    expect(stretchesOf(pieces)).toEqual([
      { kind: 'same', text: 'first\n' },
      {
        kind: 'changed',
        pieces: [
          { op: 'same', text: 'the answer: ' },
          { op: 'removed', text: 'no' },
          { op: 'added', text: 'yes' },
          { op: 'same', text: ', surely\n' },
        ],
      },
      { kind: 'same', text: 'last\n' },
    ])
  })
})

describe('a stretch that did not change', () => {
  const hundred = Array.from({ length: 100 }, (_, i) => `${i + 1}\n`).join('')

  test('is folded beyond forty lines, with three on either side', () => {
    const folded = fold(hundred, { first: false, last: false })
    expect(folded).toMatchObject({ head: '1\n2\n3\n', tail: '98\n99\n100\n', lines: 94 })
    expect(fold('line\n'.repeat(40), { first: false, last: false })).toBeUndefined()
  })

  test('keeps nothing at the ends of the texts', () => {
    expect(fold(hundred, { first: true, last: false })?.head).toBe('')
    expect(fold(hundred, { first: false, last: true })?.tail).toBe('')
  })

  test('is folded in one line too, and loses nothing', () => {
    const line = '😀'.repeat(10_000)
    const folded = fold(line, { first: false, last: false })
    expect(`${folded?.head}${folded?.middle}${folded?.tail}`).toBe(line)
    expect([folded?.head, folded?.tail].every((end) => end?.isWellFormed())).toBe(true)
  })
})
