import { ConfigError } from '../../harness/model/errors.ts'
import { skeleton } from './confusables.ts'
import { Recent } from './recent.ts'

/** Labels as a config writes them: a list, or a map from each label to its synonyms. */
export type WrittenLabels = readonly string[] | Readonly<Record<string, readonly string[]>>

/** A label found in a text. */
export interface NamedLabel {
  readonly label: string
  /** It is spelt with letters that only look like the label's. */
  readonly lookalike: boolean
}

/** Labels, told apart by their skeletons: neither case nor look-alike letters nor `_` for a blank make another label. */
export interface LabelSet {
  readonly labels: readonly string[]
  /** The label that a text is, with nothing besides. */
  exactly(text: string): NamedLabel | undefined
  /** The different labels that a text names as whole words, in the order it does; one that it denies ("not urgent") is not named. */
  namedIn(text: string): readonly NamedLabel[]
}

const sets = new Recent<LabelSet>(64)

/**
 * @param path where the labels stand in the config, for errors
 * @throws {ConfigError} for less than two labels, a blank one, and two that one spelling would stand for
 */
export function labelSetOf(written: WrittenLabels, path: string): LabelSet {
  return sets.get(JSON.stringify(written), () => makeLabelSet(written, path))
}

function makeLabelSet(written: WrittenLabels, path: string): LabelSet {
  const synonyms: Readonly<Record<string, readonly string[]>> = isList(written)
    ? Object.fromEntries(written.map((label) => [label, []]))
    : written
  const labels = Object.keys(synonyms)
  if (labels.length < 2) throw new ConfigError(`config.${path}: expected at least two labels`, [path], false)
  const bySpelling = new Map<string, string>()
  const asWritten = new Set<string>()
  for (const label of labels) {
    for (const spelling of [label, ...(synonyms[label] ?? [])]) {
      const plain = plainly(spelling).trim()
      if (plain === '') throw new ConfigError(`config.${path}: a label is blank`, [path], false)
      const other = bySpelling.get(plain)
      if (other !== undefined && other !== label) {
        throw new ConfigError(
          `config.${path}: "${spelling}" would stand for both \`${other}\` and \`${label}\``,
          [path],
          false,
          'labels that differ in case, in look-alike letters or in `_` for a blank are one label',
        )
      }
      bySpelling.set(plain, label)
      asWritten.add(visibly(spelling).trim())
    }
  }
  const pattern = patternOf([...bySpelling.keys()])
  return {
    labels,
    exactly(text) {
      const label = bySpelling.get(plainly(text).trim())
      return label === undefined ? undefined : { label, lookalike: !asWritten.has(visibly(text).trim()) }
    },
    namedIn(text) {
      const plain = plainly(text)
      const found = new Map<string, boolean>()
      let shown: string | undefined
      let deniedUntil = -1
      for (const { 0: spelling, index } of plain.matchAll(pattern)) {
        if (isDenied(plain, index, deniedUntil)) {
          deniedUntil = index + spelling.length
          continue
        }
        const label = bySpelling.get(spelling)
        if (label === undefined || found.has(label)) continue
        shown ??= visibly(text)
        found.set(label, !shown.includes(spelling) && !includesAny(shown, asWritten, spelling))
      }
      return [...found].map(([label, lookalike]) => ({ label, lookalike }))
    },
  }
}

function isList(written: WrittenLabels): written is readonly string[] {
  return Array.isArray(written)
}

/** What is compared. A long dash parts words, and `_` stands for a blank. */
function plainly(text: string): string {
  return skeleton(joined(text)).replaceAll(/\s+/g, ' ')
}

/** The same without looking at the letters' shapes. */
function visibly(text: string): string {
  return joined(text).normalize('NFC').toLowerCase().replaceAll(/[‘’]/g, "'").replaceAll(/\s+/g, ' ')
}

function joined(text: string): string {
  return text.replaceAll(/[—―]/g, ' - ').replaceAll('_', ' ')
}

/** Whether a text has, as it stands, some spelling whose skeleton is this one. */
function includesAny(shown: string, spellings: ReadonlySet<string>, plain: string): boolean {
  for (const spelling of spellings) if (plainly(spelling) === plain && shown.includes(spelling)) return true
  return false
}

const DENIAL =
  /(?:^|[^\p{L}])(?:not|no|never|neither|nor|isn't|wasn't|rather than|instead of|nicht|kein|keine|non|pas|ni|niet|geen|não)(?: (?:a|an|the|really|exactly))? ?['"*]{0,3}$/u

/** "Not billing or delivery" denies both. */
const OR = /^['"*]{0,3},? (?:or|oder|ou|o|of) ['"*]{0,3}$/

/** @param deniedUntil where the last label ends that was denied */
function isDenied(text: string, at: number, deniedUntil: number): boolean {
  if (DENIAL.test(text.slice(Math.max(0, at - 32), at))) return true
  return deniedUntil >= 0 && at - deniedUntil <= 16 && OR.test(text.slice(deniedUntil, at))
}

/** Scripts that put no blanks between words. */
const UNSPACED = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}]/u

/** The longest spelling first, so that "very positive" is not taken for "positive". */
function patternOf(spellings: readonly string[]): RegExp {
  const longestFirst = spellings.toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1))
  const parts = longestFirst.map((spelling) => {
    const literal = spelling.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
    if (UNSPACED.test(spelling)) return literal
    // "-2" and "2.5" are other numbers than 2.
    const before = /^\d/.test(spelling) ? String.raw`(?<!-|\d[.,])` : ''
    const after = /\d$/.test(spelling) ? String.raw`(?![.,]\d)` : ''
    return String.raw`(?<![\p{L}\p{N}]|[\p{L}\p{N}]-)${before}${literal}(?![\p{L}\p{M}\p{N}]|-[\p{L}\p{N}])${after}`
  })
  return new RegExp(parts.join('|'), 'gu')
}
