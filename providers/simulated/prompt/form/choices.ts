import type { Choice } from './shape.ts'

const NAME = String.raw`["'\x60]?[A-Za-z][\w-]{1,40}["'\x60]?`
const LIST = new RegExp(`${NAME}(?:(?:\\s*[,|/]\\s*(?:or |and )?| or | and )${NAME}){2,}`, 'g')
/** A word that only a name can be: quoted, or joined by a hyphen or an underscore. */
const CODED = /["'`]|\w[_-]\w/
const CUE = /\b(?:one|any|some|none|several|each|which) of\b|\bfrom\b|\beither\b/i

/** The values that a description lists: three or more names in a row, of which one at least is no common word, or that a cue precedes. */
export function choicesIn(description: string): Choice[] {
  const found = [...description.matchAll(LIST)].find(
    ({ 0: run, index }) => CODED.test(run) || CUE.test(description.slice(0, index)),
  )
  const names = found?.[0].split(/\s*[,|/]\s*(?:or |and )?| or | and /) ?? []
  return names.map((name) => ({ value: name.replaceAll(/["'`]/g, ''), description: '' }))
}
