import { describe, expect, it } from 'vitest'
import { contentWordsOf, wordsOf } from '../../../assertions/shared/words.ts'

describe('words', () => {
  it.each([
    ['The Supplier’s fee', ['the', "supplier's", 'fee']],
    ["don't go", ["don't", 'go']],
    ['1,000.50 EUR, 5%', ['1,000.50', 'eur', '5']],
    ['e-mail 2024-05-03', ['e', 'mail', '2024', '05', '03']],
    ['café STRASSE Größe', ['café', 'strasse', 'größe']],
    ['東京タワー', ['東', '京', 'タ', 'ワ', 'ー']],
    ['ends. Here, “quoted”!', ['ends', 'here', 'quoted']],
    ['', []],
    ['—…!', []],
  ])('of %j', (text, words) => {
    expect(wordsOf(text)).toEqual(words)
  })

  it('of matter leave out what English sentences are held together by', () => {
    expect(contentWordsOf('It is not the fee that they usually pay under this contract')).toEqual([
      'fee',
      'pay',
      'contract',
    ])
  })
})
