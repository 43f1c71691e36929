import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { skeleton } from '../../../assertions/shared/confusables.ts'

describe('the skeleton of a text', () => {
  it.each([
    ['case', 'Positive', 'positive'],
    ['Cyrillic р, о, і and е', 'роsіtіvе', 'positive'],
    ['capital Cyrillic В and Н', 'ВETTER THAН', 'better thah'],
    ['Greek ο, ν and α', 'pοsitiνe αct', 'positive act'],
    ['capital Greek Η and Ν beside Latin letters', 'ΗIGH ΝEED', 'high need'],
    ['full width', 'ｐｏｓｉｔｉｖｅ', 'positive'],
    ['mathematical letters', '𝐩𝐨𝐬𝐢𝐭𝐢𝐯𝐞', 'positive'],
    ['circled letters', 'ⓟⓞⓢ', 'pos'],
    ['a ligature', 'reﬁned', 'refined'],
    ['a zero-width space', 'posi\u200btive', 'positive'],
    ['a soft hyphen', 'posi\u00adtive', 'positive'],
    ['a direction mark', '\u202epositive\u202c', 'positive'],
    ['a byte order mark', '\ufeffpositive', 'positive'],
    ['tag characters', 'yes\u{e0061}\u{e0062}', 'yes'],
    ['a no-break space', 'very\u00a0good', 'very good'],
    ['a curly apostrophe', 'don’t', "don't"],
    ['an en dash', 'follow–up', 'follow-up'],
    ['sharp s', 'STRASSE straße', 'strasse strasse'],
    ['a dotted capital I', 'İstanbul', 'istanbul'],
    ['a dotless i', 'posıtıve', 'positive'],
    ['small capitals', 'ᴘᴏsɪᴛɪᴠᴇ ꜰᴀᴊ', 'positive faj'],
    ['Armenian օ and ս', 'օսt', 'out'],
  ])('sees through %s', (_, text, plain) => {
    expect(skeleton(text)).toBe(plain)
  })

  it.each([
    ['an accent', 'résumé', 'resume'],
    ['a digit', 'l0w', 'low'],
    ['another word', 'positive', 'negative'],
  ])('keeps %s apart', (_, one, other) => {
    expect(skeleton(one)).not.toBe(skeleton(other))
  })

  it.each(['важно', 'ναι', 'ηχώ', 'ύψος', 'привет', 'მადლობა'])(
    'does not tell capitals from small letters in %s',
    (word) => {
      expect(skeleton(word.toUpperCase().normalize())).toBe(skeleton(word))
    },
  )

  it('is its own skeleton', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(skeleton(skeleton(text))).toBe(skeleton(text))
      }),
      { seed: 1, numRuns: 300 },
    )
  })

  it('is the text in lower case where that is plain ASCII', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9 .,;:!?'-]*$/), (text) => {
        expect(skeleton(text)).toBe(text.toLowerCase())
      }),
      { seed: 1, numRuns: 100 },
    )
  })
})
