/** A number with its separators, a character of a script without spaces, or a run of letters and digits with apostrophes inside. */
const WORD =
  /\p{N}+(?:[.,]\p{N}+)+|[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}])[\p{L}\p{M}\p{N}])+(?:'\p{L}+)*/gu
/** Words of English that carry no matter by themselves: articles, prepositions, pronouns, auxiliaries, `not`. */
const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  `a about actually after again against all almost along also am among an and any are as at be because been before being between both but by can could currently did do does
  doing down during each either else every everyone anyone someone few for from further generally had has have having he her here hers him his how i if in into is it its
  itself just may many me might more most much must my nearly neither no nor normally not of off on once only or onto other our out over own per same shall
  she should so some such than that the their them then there these they this those through thus to too typically under unless until up upon us usually very via
  was we were what when where whether which while who whom whose why will with within would you your
  don't doesn't didn't isn't aren't wasn't weren't won't can't cannot it's that's there's`
    .split(/\s+/)
    .filter((word) => word !== ''),
)

/** The words of a text, in lower case. A number is one word with its separators; apostrophes are straight. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().replaceAll('’', "'").match(WORD) ?? []
}

/** The words of a text that carry matter: without English articles, prepositions, pronouns, auxiliaries and negations. */
export function contentWordsOf(text: string): string[] {
  return wordsOf(text).filter((word) => !FUNCTION_WORDS.has(word))
}
