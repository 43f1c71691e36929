import { shortDigest } from '../../suite/cases/identity.ts'
import { makeRedactor } from '../redact.ts'
import type { RedactOptions } from '../redact.ts'
import type { RedactRules, Redactor } from '../redactor.ts'
import { redactorOf } from '../redactor.ts'
import type { StringPlace } from '../json-strings.ts'
import { ownFields } from './own-fields.ts'

/** What a line comes to: what was taken out of it, and what is left. */
export interface ScrubbedLine {
  readonly text: string
  /** How often, by the name of the rule. */
  readonly hits: ReadonlyMap<string, number>
}

/** What is looked for: rules as a redactor has them, and what must not be shown around a hit. */
export interface ScrubRules extends Pick<RedactRules, 'builtIn' | 'literals' | 'patterns'> {
  /** What is known to be secret besides, for the excerpts. */
  readonly known: RedactOptions
}

/** Characters that are shown before a hit, and after it. */
const AROUND = { before: 36, after: 16 }

/** Finds and takes out what is looked for. Not to be used for two texts at once. */
export class Scrubber {
  readonly #redact: Redactor
  readonly #conceal: Redactor
  #hits = new Map<string, number>()

  constructor({ builtIn, literals, patterns, known }: ScrubRules) {
    this.#redact = redactorOf({
      builtIn,
      literals: literals?.map((rule) => Object.assign({}, rule, { inKeys: true })),
      patterns,
      spares: ownFields(),
      finish: idOrText,
      onHit: (name) => void this.#hits.set(name, (this.#hits.get(name) ?? 0) + 1),
    })
    this.#conceal = makeRedactor(known)
  }

  scrub(text: string, format: 'json' | 'text'): ScrubbedLine {
    this.#hits = new Map()
    const clean = format === 'json' ? this.#redact(text) : this.#redact.text(text)
    return { text: clean, hits: this.#hits }
  }

  /** What stands around the first place where a rule took something out: nothing that is known to be secret, cut or not. */
  excerpt({ text }: ScrubbedLine, rule: string): string {
    const shown = this.#conceal.text(text)
    const mark = `[redacted:${rule}]`
    const at = Math.max(0, shown.indexOf(mark))
    const from = Math.max(0, at - AROUND.before)
    const to = Math.min(shown.length, at + mark.length + AROUND.after)
    const part = shown.slice(from, to).toWellFormed().replaceAll(/\s+/g, ' ').trim()
    return `${from > 0 ? '…' : ''}${part}${to < shown.trimEnd().length ? '…' : ''}`
  }
}

/** Cases are told apart by their ids, which must stay different. */
function idOrText(before: string, after: string, { field }: StringPlace): string {
  return field === 'caseId' || field === 'case' ? scrubbedId(before) : after
}

/** What becomes of a case's id that is hit: what later runs would call the case (see `recordedId`). */
export function scrubbedId(before: string): string {
  const [, id = before, suffix = ''] = /^(.*?)((?:~[0-9a-f]{8})?(?:#\d+)?)$/su.exec(before) ?? []
  return shortDigest(id) + suffix
}
