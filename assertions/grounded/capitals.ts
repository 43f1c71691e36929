const WORD = /\p{L}[\p{L}\p{M}\p{N}'’]*/gu
const ARTICLE = /^(?:the|an?|each|this|every)$/i

/** How texts write their words: which are names there, and which have a capital for where they stand or what they are called. */
export class Capitals {
  readonly #capital = new Set<string>()
  /** What stands in small letters too, or behind an article. */
  readonly #common = new Set<string>()

  constructor(texts: readonly string[]) {
    for (const text of texts) this.#read(text)
  }

  /** Whether a capitalised word is a name: never in small letters, nor behind an article. */
  isName(word: string): boolean {
    return this.#capital.has(bare(word)) && !this.#common.has(singular(word))
  }

  #read(text: string): void {
    let [isArticle, end] = [false, 0]
    for (const { 0: word, index } of text.matchAll(WORD)) {
      const isSmall = word === word.toLowerCase()
      if (!isSmall) this.#capital.add(bare(word))
      // One unit between them: a space, or the end of a line.
      if (isSmall || (isArticle && index === end + 1)) this.#common.add(singular(word))
      isArticle = ARTICLE.test(word)
      end = index + word.length
    }
  }
}

function bare(word: string): string {
  return word.replace(/['’]s$/, '')
}

function singular(word: string): string {
  return bare(word).toLowerCase().replace(/s$/, '')
}
