import { closest, distance } from 'fastest-levenshtein'

/** The candidate the user most likely meant, or undefined when none is near. */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  // Case and the way words are joined are the first things to go wrong.
  const folded = new Map<string, string>()
  for (const name of candidates) if (!folded.has(fold(name))) folded.set(fold(name), name)
  if (folded.size === 0) return undefined
  const typed = fold(word)
  const best = closest(typed, [...folded.keys()])
  // Two in five letters may be wrong: "asserts" and "lable" mean "assert" and "label", "x" means nothing.
  const allowed = Math.ceil(Math.max(typed.length, best.length) * 0.4)
  return distance(typed, best) <= allowed ? folded.get(best) : undefined
}

/** "did you mean …?", or undefined when nothing is near: ready to be a hint. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const name = suggest(word, candidates)
  return name === undefined ? undefined : `did you mean \`${name}\`?`
}

/** True when `word` can hardly be anything but a slip for `name`: for places where unknown words are allowed. */
export function isMisspelt(word: string, name: string): boolean {
  if (fold(word) === fold(name)) return true
  return Math.min(word.length, name.length) >= 6 && distance(fold(word), fold(name)) <= 2
}

function fold(word: string): string {
  return word.toLowerCase().replaceAll(/[_\s]/g, '-')
}
