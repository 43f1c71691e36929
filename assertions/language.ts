import type { CheckContext, CheckVerdict, Configure } from '../harness/model/custom-check.ts'
import { readConfig } from './language/config.ts'
import type { Found } from './language/detect.ts'
import { detect } from './language/detect.ts'
import { languageCode, languageName, unknownLanguage } from './language/languages.ts'
import { wordsToJudge } from './language/words-to-judge.ts'
import { fromVars } from './shared/from-vars.ts'
import { replyText } from './shared/reply-text.ts'
import { failed, passed } from './shared/verdict.ts'

/**
 * Whether the reply is in the expected language, or one of several. Score: the share of its letters, among those whose language can be told,
 * that stand in sentences of an expected language, 0 to 1; it passes from `atLeast` (0.9) on. Code, addresses and quotations are left out.
 * The detector is `eld` (60 languages, by n-grams).
 *
 * It can be wrong: where a text has under `minLetters` letters nothing is told (the reason says `unknown`, and `unknown:` decides); close
 * relatives are mixed up (Norwegian and Danish, Croatian and Serbian in Latin letters, Malay and Indonesian); names and borrowed words pull
 * a short sentence their way; transliterated text is in no language it knows.
 *
 * @throws where the case has no such variable, or names a language that is not known
 */
export default function language(output: unknown, context: CheckContext): CheckVerdict {
  const config = readConfig(context.config ?? {})
  const expected = codesOf(fromVars(config.expected, context.vars))
  const wanted = expected.map(languageName).join(' or ')
  if (replyText(output).trim() === '') return failed(`the reply is empty; ${wanted} was expected`)
  const found = detect(wordsToJudge(output, config.quotes), config.minLetters)
  const told = [...found.byLanguage.values()].reduce((sum, letters) => sum + letters, 0)
  if (told === 0) {
    const reason = `unknown: ${tooLittle(found, config.minLetters)}; ${wanted} was expected`
    return config.unknown === 'pass' ? passed(reason) : failed(reason)
  }
  const right = expected.reduce((sum, code) => sum + (found.byLanguage.get(code) ?? 0), 0)
  const score = right / told
  const reason = `${shares(found, told)}; ${wanted} was expected`
  return score >= config.atLeast ? passed(reason, score) : failed(reason, score)
}

export const configure: Configure = (config) => {
  readConfig(config)
  return {}
}

function codesOf(expected: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(expected) ? expected : [expected]
  return list.map((written) => {
    const code = typeof written === 'string' ? languageCode(written) : undefined
    if (code === undefined) throw unknownLanguage(String(written))
    return code
  })
}

function tooLittle({ letters }: Found, minLetters: number): string {
  return letters < minLetters
    ? `${letters} letters of the reply's own are too few to tell a language, ${minLetters} are needed`
    : 'no language stands out'
}

function shares({ byLanguage }: Found, told: number): string {
  const ordered = [...byLanguage].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  const parts = ordered.slice(0, 3).map(([code, letters]) => {
    const percent = Math.round((100 * letters) / told)
    return percent === 100 ? languageName(code) : `${percent} % ${languageName(code)}`
  })
  return `the reply is in ${parts.join(', ')}`
}
