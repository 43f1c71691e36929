import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { segmentsOf, visibleText } from '../../../../../reports/html/page/safe-text/marks.ts'
import { HOSTILE } from '../../../hostile.ts'

/** Nothing of this may stand in the page: it acts on what is around it, or is half a character. */
const FORBIDDEN =
  /[\p{Cs}\p{Bidi_Control}\u2028\u2029\u200B\u2060\uFEFF\u{E0000}-\u{E007F}]|(?![\n\t])\p{Cc}/u

/** Text with many of the characters that are marked. */
const hostileText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '\u0000',
        '\u001b[31m',
        '\u202e',
        '\u2066',
        '\u200d',
        '\ufeff',
        '\ud800',
        '\udc00',
        '\ufffd',
        '\r\n',
        '\u{E0041}',
      ),
      fc.constantFrom('👩‍👩‍👧', '🏳️‍🌈', '1️⃣', 'é', '日本', 'שלום'),
    ),
    { maxLength: 40 },
  )
  .map((texts) => texts.join(''))

describe('marks', () => {
  test('the originals of all segments, one after the other, are the text', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const originals = segmentsOf(text).map((one) => (typeof one === 'string' ? one : one.original))
        expect(originals.join('')).toBe(text)
      }),
    )
  })

  test('no control, bidi, zero-width or half character is ever shown, in a title neither', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(visibleText(text)).not.toMatch(FORBIDDEN)
        for (const one of segmentsOf(text))
          if (typeof one !== 'string') expect(one.title).not.toMatch(FORBIDDEN)
      }),
    )
    expect(visibleText(HOSTILE)).not.toMatch(FORBIDDEN)
  })

  test('a right-to-left override is shown by its code and named', () => {
    expect(segmentsOf('a\u202eb')).toEqual([
      'a',
      { original: '\u202e', shown: '⟨U+202E⟩', title: 'U+202E right-to-left override: shows text backwards' },
      'b',
    ])
  })

  test('lines, tabs, pictures of several characters and other scripts are left as they are', () => {
    const text = 'a\n\tb 👩‍👩‍👧 🏳️‍🌈 1️⃣ ❤️ 日本\u3000語 שלום é © 5#'
    expect(segmentsOf(text)).toEqual([text])
  })

  test('a joiner outside of a picture is marked, and so is a no-break space', () => {
    expect(visibleText('a\u200db\u00a0c')).toBe('a⟨U+200D⟩b·c')
  })

  test('a long run of control characters is one mark that tells how many there are', () => {
    const [mark, ...rest] = segmentsOf('\u0000'.repeat(1_000))
    expect(rest).toEqual([])
    expect(mark).toMatchObject({ shown: `${'⟨NUL⟩'.repeat(8)}… × 1000`, title: 'U+0000 null' })
  })
})
