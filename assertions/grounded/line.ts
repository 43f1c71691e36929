import { withoutAccents } from '../shared/names.ts'
import { wordsOf } from '../shared/words.ts'

/** A text's words with a space before and behind each; accents, apostrophes, possessives and "and" left out, as in names. */
export function lineOf(text: string): string {
  const words = wordsOf(withoutAccents(text)).map((word) => word.replace(/'s$/, '').replaceAll("'", ''))
  return ` ${words.filter((word) => word !== 'and').join(' ')} `
}
