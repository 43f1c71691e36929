import { shellWord } from '../../../format/shell-word.ts'

/** UTF-16 units of an id that a command quotes: a longer one is told by how it begins. */
const QUOTED = 200

/** What a terminal might act on when it is pasted, in quotes or not. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u

interface Asked {
  /** The suite's file. */
  readonly file: string
  readonly caseId: string
  readonly prompt: string
  readonly provider: string
}

/** The command that asks this case again in this column. Holds no character that a terminal acts on. */
export function reproduceCommand({ file, caseId, prompt, provider }: Asked): string | undefined {
  if (UNSAFE.test(file)) return undefined
  const options = [
    ['--filter', exactly(caseId)],
    ['--provider', named(provider)],
    ['--prompt', named(prompt)],
  ] as const
  const given = options
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name} ${shellWord(value)}`)
  return [`assay run ${shellWord(file)}`, ...given].join(' ')
}

/** An expression that only this id matches; `--filter` reads it with the flags `i` and `u`. */
function exactly(id: string): string {
  const escaped = Array.from(id.slice(0, QUOTED).toWellFormed(), (character) => {
    if (UNSAFE.test(character)) return `\\u{${(character.codePointAt(0) as number).toString(16)}}`
    return character.replace(/[\^$\\.*+?()[\]{}|/]/, '\\$&')
  })
  return `^${escaped.join('')}${id.length > QUOTED ? '' : '$'}`
}

/** A name, or how it begins where it holds what no command should. */
function named(name: string): string {
  const at = name.search(UNSAFE)
  const start = at === -1 ? name : name.slice(0, at)
  if (start === name) return name
  return start === '' ? '' : `${start}*`
}
