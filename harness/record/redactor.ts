import { applyRules, markOf } from './apply-rules.ts'
import { hasCuts, withoutCutSecrets } from './cut-secrets.ts'
import type { StringPlace } from './json-strings.ts'
import { mapStrings } from './json-strings.ts'
import type { LiteralRule } from './literal-rule.ts'
import { literalScan } from './literal-scan.ts'
import { isSecretField, NAME_PROBE, NAMED_RULES, NAMED_SECRET } from './named-secrets.ts'
import type { RedactRule } from './redact-rules.ts'
import { SHAPE_PROBE, SHAPE_RULES } from './redact-rules.ts'

/**
 * Takes secrets out of JSON text (a journal line, a file of the run folder), which stays valid JSON: only the
 * contents of strings change, never a number. Each secret becomes `[redacted:name]`.
 */
export interface Redactor {
  (json: string): string
  /** The same for text that is not JSON: a page, a summary, a message. */
  text(plain: string): string
}

/** What a redactor goes by. */
export interface RedactRules {
  /** Well-known credentials, and whatever stands behind a name that says that it is secret. */
  readonly builtIn: boolean
  readonly literals?: readonly LiteralRule[] | undefined
  readonly patterns?: readonly RedactRule[] | undefined
  /** Object keys that stay whatever is in them. */
  readonly spares?: ReadonlySet<string> | undefined
  /** What a text that something was taken out of becomes in the end. */
  readonly finish?: ((before: string, after: string, place: StringPlace) => string) | undefined
  /** Told of every secret that is taken out, by the name of its rule. */
  readonly onHit?: ((name: string) => void) | undefined
}

/** What becomes of one string. */
type Clean = (text: string, place: StringPlace) => string

/** No rule of ours takes out less, but for a known value that is shorter. */
const SHORTEST = 8

export function redactorOf(rules: RedactRules): Redactor {
  const { literals = [], patterns = [], onHit } = rules
  // A few scans tell whether anything has to be looked at: nearly always it has not.
  const scans = scansOf(rules)
  const mayBeCut = (text: string): boolean => literals.length > 0 && hasCuts(text)

  const known = finished(knownCleaner(rules, scans), rules)
  const own: Clean = (text, { isKey }) =>
    applyRules(text, patterns, { isKey, onHit, sparesOwn: true, sparesParts: true })
  const ownOnly = finished(own, rules)
  const both: Clean =
    patterns.length === 0 ? known : finished((text, place) => own(known(text, place), place), rules)

  const redact = (json: string): string => {
    if (mayBeCut(json) || scans.some(({ probe }) => probe.test(json))) return mapStrings(json, both)
    return patterns.length === 0 ? json : mapStrings(json, ownOnly)
  }
  return Object.assign(redact, { text: (plain: string) => both(plain, { isKey: false, field: undefined }) })
}

function knownCleaner({ builtIn, literals = [], onHit }: RedactRules, scans: readonly Scan[]): Clean {
  const values = literals.map(({ value }) => value)
  const shortest = Math.min(SHORTEST, ...values.map(({ length }) => length))
  const tell = (name: string): string => {
    onHit?.(name)
    return markOf(name)
  }
  return (text, { isKey, field }) => {
    if (text.length < shortest) return text
    let result = text
    for (const { probe, rules, isOfValues } of scans)
      if (probe.test(result)) result = applyRules(result, rules, { isKey, onHit, sparesOwn: isOfValues })
    if (values.length > 0 && hasCuts(result))
      result = withoutCutSecrets(result, values, (index) => tell(literals[index]?.name ?? ''))
    return builtIn && field !== undefined && isSecretField(field, result) ? tell(NAMED_SECRET) : result
  }
}

/** The same, but for keys that are spared, and for what is made of a text in the end. */
function finished(clean: Clean, { spares, finish }: RedactRules): Clean {
  if (spares === undefined && finish === undefined) return clean
  return (text, place) => {
    if (place.isKey && spares?.has(text) === true) return text
    const after = clean(text, place)
    return after === text || finish === undefined ? after : finish(text, after, place)
  }
}

/** A quick look, and the rules that are for what it finds. */
interface Scan {
  readonly probe: { test(text: string): boolean }
  readonly rules: readonly RedactRule[]
  /** True for rules of known values, one of which may be a word of ours. */
  readonly isOfValues?: boolean
}

function scansOf({ builtIn, literals = [] }: RedactRules): Scan[] {
  const scans: Scan[] = []
  if (literals.length > 0) scans.push({ probe: probeOf(literals), rules: literals, isOfValues: true })
  if (builtIn)
    scans.push({ probe: SHAPE_PROBE, rules: SHAPE_RULES }, { probe: NAME_PROBE, rules: NAMED_RULES })
  return scans
}

function probeOf(literals: readonly LiteralRule[]): Scan['probe'] {
  const words = literals.flatMap((rule) => rule.words ?? [])
  const others = literals.filter((rule) => rule.words === undefined)
  const quick = words.length === 0 ? undefined : literalScan(words)
  const slow =
    others.length === 0 ? undefined : new RegExp(others.map(({ pattern }) => pattern.source).join('|'))
  return { test: (text) => quick?.test(text) === true || slow?.test(text) === true }
}
