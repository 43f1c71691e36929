import { contentWordsOf } from '../shared/words.ts'

const JOINT =
  /[;:]\s|,?\s(?:but|while|whereas|although|though|however)\s|,\s(?:and|or|except|unless|provided|which|who)\s|\sand\s/gi
const FIGURE = /\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirty|sixty|ninety)\b/i
/** "Between 6 and 12 years" is one thing. */
const BETWEEN = /\bbetween(?:\s\S+){1,3}$/i
const MOST = 12

/** The parts of a sentence that state something each. A bare "and" parts them only where both sides have a figure. */
export function clausesOf(sentence: string): string[] {
  const clauses: string[] = []
  let start = 0
  for (const { 0: joint, index } of sentence.matchAll(JOINT)) {
    if (clauses.length + 1 >= MOST) break
    const [before, after] = [sentence.slice(start, index), sentence.slice(index + joint.length)]
    const isBare = /^\sand\s$/i.test(joint)
    if (isBare && (BETWEEN.test(before) || !FIGURE.test(before) || !FIGURE.test(after))) continue
    const least = joint.startsWith(';') ? 1 : 2
    if (wordsIn(before) < least || wordsIn(after.slice(0, 400)) < least) continue
    clauses.push(before)
    start = index
  }
  return [...clauses, sentence.slice(start)]
}

function wordsIn(text: string): number {
  return contentWordsOf(text).filter((word) => !/^\d/.test(word)).length
}
