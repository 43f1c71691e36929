import { ConfigError } from '../../harness/model/errors.ts'
import { didYouMean } from '../../harness/model/suggest.ts'
import { eld } from 'eld/medium'

/** ISO 639-1 codes that are told apart. */
const LANGUAGES: ReadonlySet<string> = new Set(Object.values(eld.info().Languages))

/** Other codes for them. Indonesian is not told from Malay, nor Bosnian from Croatian. */
const ALIASES: Readonly<Record<string, string>> = {
  nb: 'no',
  nn: 'no',
  iw: 'he',
  id: 'ms',
  bs: 'hr',
  fil: 'tl',
  ckb: 'ku',
}

const NAMES = new Intl.DisplayNames('en', { type: 'language' })

/** The code that a suite's `pt-BR` or `Portuguese` stands for; undefined where the language is not known here. */
export function languageCode(written: string): string | undefined {
  const wanted = written.trim().toLowerCase()
  const code = wanted.split(/[-_]/, 1)[0] ?? ''
  const known = ALIASES[code] ?? code
  if (LANGUAGES.has(known)) return known
  const named = [...LANGUAGES, ...Object.keys(ALIASES)].find(
    (one) => languageName(one).toLowerCase() === wanted,
  )
  return named === undefined ? undefined : (ALIASES[named] ?? named)
}

/** In English: `Portuguese`. */
export function languageName(code: string): string {
  return NAMES.of(code) ?? code
}

/** @throws ConfigError for a language that is not known here */
export function unknownLanguage(written: string): ConfigError {
  const hint = didYouMean(written, [...LANGUAGES, ...[...LANGUAGES].map(languageName)])
  return new ConfigError(
    `language: ${JSON.stringify(written)} is no language it can tell`,
    ['expected'],
    false,
    hint ?? `languages: ${[...LANGUAGES].join(', ')}`,
  )
}
