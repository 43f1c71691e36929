import { MOST_CASES } from '../analyze/paired/confirm-test.ts'
import type { BrokenCase, PassCount, RunComparison } from '../model/comparison.ts'
import { columnName } from '../model/comparison.ts'
import { count } from './figures.ts'
import { UNITS_THAT_PROVE } from './margin.ts'
import { provenWorse } from './no-worse.ts'
import type { GateOutcome } from './outcome.ts'

/** Share of the cases that may break, where there are enough to judge by the mean. */
const ALLOWED_SHARE = 0.02

/** Cases that are named; all are in the report. */
const NAMED = 5

/**
 * Stable cases that broke outright, one gate for each column that gates. A mean over many cases sees none of them; so each that was
 * run again and stayed broken fails the gate of a small suite, and in a larger one warns up to 2% of the cases, then fails.
 * One that was not run again may be chance: it warns, unless there were too many, and all that were run again turned out to be.
 */
export function brokenGates(comparison: RunComparison): GateOutcome[] {
  const gating = comparison.metrics.filter(({ gates }) => gates)
  const proven = provenWorse(comparison)
  return [...Map.groupBy(gating, ({ column }) => columnName(column))].map(([column, metrics]) => {
    const broken = comparison.broken.filter((one) => columnName(one.column) === column)
    const units = Math.max(...metrics.map((metric) => metric.units))
    const cases = Math.max(...metrics.map((metric) => metric.cases))
    const allowed = units < UNITS_THAT_PROVE ? 0 : Math.floor(ALLOWED_SHARE * cases)
    return gateOf(column, broken, { allowed, isProven: proven.has(column) })
  })
}

interface Bounds {
  /** Confirmed cases that only warn. */
  readonly allowed: number
  /** True where the column is proven to be worse: what broke is no chance then. */
  readonly isProven: boolean
}

function gateOf(column: string, broken: readonly BrokenCase[], { allowed, isProven }: Bounds): GateOutcome {
  const confirmed = broken.filter(({ status }) => status === 'confirmed')
  const unchecked = isProven || isChance(broken) ? [] : broken.filter(({ status }) => status === 'unchecked')
  const gate = {
    name: 'broken cases',
    column,
    metric: 'pass',
    threshold: allowed,
    observed: confirmed.length,
    interval: null,
    figure: 'count',
  } as const
  const reason = [confirmedSentence(column, confirmed, allowed), uncheckedSentence(column, unchecked)]
    .filter((sentence) => sentence !== '')
    .join(' ')
  if (confirmed.length > allowed) return { gate: { ...gate, result: 'fail' }, reason, required: true }
  const result = confirmed.length + unchecked.length > 0 ? 'warn' : 'pass'
  return { gate: { ...gate, result }, reason, required: true }
}

/**
 * True where as many as are run again at most all turned out to be chance: then so are the others, which looked alike. A suite that is run
 * once has many, since a case that passed once need not be stable.
 */
function isChance(broken: readonly BrokenCase[]): boolean {
  const checked = broken.filter(({ status }) => status !== 'unchecked')
  return checked.length >= MOST_CASES && checked.every(({ status }) => status === 'refuted')
}

function confirmedSentence(column: string, confirmed: readonly BrokenCase[], allowed: number): string {
  if (confirmed.length === 0) return ''
  const one = confirmed.length === 1
  const what = one
    ? '1 case that always passed is'
    : `${count(confirmed.length)} cases that always passed are`
  const within =
    allowed === 0
      ? ''
      : confirmed.length > allowed
        ? `; at most ${count(allowed)} may be`
        : `; up to ${count(allowed)} may, so that alone does not block`
  return `${column}: ${what} broken now, confirmed by fresh runs: ${named(confirmed)}${within}.`
}

function uncheckedSentence(column: string, unchecked: readonly BrokenCase[]): string {
  const [first] = unchecked
  if (first === undefined) return ''
  const one = unchecked.length === 1
  const what = one
    ? '1 case that always passed fails now'
    : `${count(unchecked.length)} cases that always passed fail now`
  const why = first.why === undefined ? '' : ` (${first.why.replace(/\.$/, '')})`
  return `${column}: ${what}: ${named(unchecked)}. ${one ? 'It was' : 'They were'} not run again${why}, so it may be chance: \`assay run\` with \`gate.confirm\` runs ${one ? 'it' : 'them'} again.`
}

/** `c-17 (3/3 → 0/3, run again 5/5 → 0/5)` */
function named(broken: readonly BrokenCase[]): string {
  const told = broken.slice(0, NAMED).map(({ caseId, base, candidate, rerun }) => {
    const again = rerun === undefined ? '' : `, run again ${passes(rerun.base)} → ${passes(rerun.candidate)}`
    return `${caseId} (${passes(base)} → ${passes(candidate)}${again})`
  })
  const more = broken.length - told.length
  return `${told.join(', ')}${more > 0 ? ` and ${count(more)} more` : ''}`
}

function passes({ passed, of }: PassCount): string {
  return `${passed}/${of}`
}
