import {
  type BrokenCase,
  columnName,
  type Flip,
  type PassCount,
  type RunComparison,
} from '../../harness/model/comparison.ts'
import { formatLocation, type SourceLocation } from '../../harness/model/source.ts'
import { count } from './figures.ts'
import { cut } from './plain.ts'
import { limited, type Line, type Section, section, type Tone } from './section.ts'

/** UTF-16 units of a text that is quoted. */
const QUOTED = 220

/** The id of a case without one: a digest of its variables. */
const DIGEST = /^[0-9a-f]{32}(?:#\d+)?$/

/** Why a case stands where it does in the list: what is known to be broken comes first. */
const RANKS: Record<BrokenCase['status'] | 'none', number> = {
  confirmed: 0,
  unchecked: 1,
  none: 2,
  refuted: 3,
}

/** A case that got worse, and what is known of it besides. */
export interface Fallen {
  readonly at: Flip | BrokenCase
  readonly broken: BrokenCase | undefined
  readonly gates: boolean
}

/** The cases that got worse, those that broke outright first. */
export function flipsSection(comparison: RunComparison, limit: number): Section[] {
  const { worse, better } = comparison.flipCounts
  const lines = fallenCases(comparison).map((fallen) => fallenLine(fallen, comparison))
  if (lines.length === 0 && worse + better === 0) {
    return section('Flips', [{ text: 'No case came out otherwise than in the baseline.', tone: 'quiet' }])
  }
  const none: Line = { text: 'No case got worse.', tone: 'good' }
  return section(
    `Flips: ${count(worse)} worse, ${count(better)} better`,
    lines.length === 0 ? [none] : limited(lines, limit, 'in analysis.json'),
  )
}

/** Cases that were run again and stayed broken, one sentence each. */
export function confirmedLines({ broken }: Pick<RunComparison, 'broken'>): string[] {
  return broken
    .filter(({ status }) => status === 'confirmed')
    .map((one) => `${nameOf(one)} in ${columnName(one.column)}: ${brokenSentence(one)}`)
}

/** The cases that got worse: what is known to be broken first, then what gates. */
export function fallenCases({ flips, broken }: RunComparison): Fallen[] {
  const byKey = new Map(broken.map((one) => [keyOf(one), one]))
  const fallen = flips.filter(isWorse).map((flip): Fallen => {
    const found = byKey.get(keyOf(flip))
    byKey.delete(keyOf(flip))
    return { at: flip, broken: found, gates: flip.gates }
  })
  // Flips are cut to a number; what is broken is not.
  const others = [...byKey.values()].map((one): Fallen => ({ at: one, broken: one, gates: true }))
  return [...fallen, ...others].toSorted(
    (a, b) =>
      RANKS[a.broken?.status ?? 'none'] - RANKS[b.broken?.status ?? 'none'] ||
      Number(b.gates) - Number(a.gates),
  )
}

/** What is said of one. */
export function fallenLine({ at, broken, gates }: Fallen, { pairing }: RunComparison): Line {
  const column = pairing.columns.length > 1 ? ` in ${columnName(at.column)}` : ''
  const flaky = 'flaky' in at && at.flaky ? ', flaky' : ''
  const checks = 'checks' in at && at.checks.length > 0 ? `failed ${at.checks.slice(0, 4).join(', ')}: ` : ''
  const place = placeOf(at.source)
  return {
    ...(place !== undefined && { place }),
    text: `${nameOf(at)}: ${passed(at.base)} → ${passed(at.candidate)}${column}${flaky}${gates ? '' : ' (informs)'}`,
    tone: toneOf(broken, gates),
    details: [
      ...(broken === undefined ? [] : [brokenSentence(broken)]),
      ...(at.reason === '' ? [] : [cut(`${checks}${at.reason}`, QUOTED)]),
    ],
  }
}

/** What became of a case that broke outright, when it was run again. */
export function brokenSentence({ status, rerun, why }: BrokenCase): string {
  const again = rerun === undefined ? '' : `: run again, ${passed(rerun.base)} → ${passed(rerun.candidate)}`
  if (status === 'confirmed') return `BROKEN, confirmed${again}.`
  if (status === 'refuted')
    return `${isBrokenInBoth(rerun) ? 'The baseline fails it too now' : 'Not confirmed as broken'}${again}.`
  return `Looks broken, not run again${why === undefined ? '' : `: ${why.replace(/\.$/, '')}`}.`
}

/** The case broke, and not by the change: at most a third of the baseline's fresh runs pass, as it takes to look broken. */
function isBrokenInBoth(rerun: BrokenCase['rerun']): boolean {
  return (
    rerun !== undefined && [rerun.base, rerun.candidate].every(({ passed: n, of }) => of > 0 && n * 3 <= of)
  )
}

function toneOf(broken: BrokenCase | undefined, gates: boolean): Tone {
  if (broken?.status === 'confirmed') return 'bad'
  return gates ? 'warn' : 'quiet'
}

/** A description with the id that the verdict names, where somebody wrote one; else the id. */
export function nameOf({
  caseId,
  description,
}: Pick<Flip, 'caseId'> & { readonly description?: string }): string {
  if (description === undefined || description === caseId) return cut(caseId, QUOTED)
  const name = cut(description, QUOTED)
  return DIGEST.test(caseId) ? name : `${name} (${cut(caseId, QUOTED)})`
}

/** `src.csv:12` */
export function placeOf(source: SourceLocation | undefined): string | undefined {
  return source === undefined ? undefined : formatLocation({ file: source.file, line: source.line })
}

/** `2/3` */
export function passed({ passed: n, of }: PassCount): string {
  return `${count(n)}/${count(of)}`
}

function isWorse({ base, candidate }: Flip): boolean {
  return candidate.passed * base.of < base.passed * candidate.of
}

function keyOf({ caseId, column }: Pick<Flip, 'caseId' | 'column'>): string {
  return JSON.stringify([caseId, column.prompt, column.provider])
}
