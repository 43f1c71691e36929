import { columnName } from '../../harness/model/column-name.ts'
import {
  followedRuns,
  type History,
  type HistoryColumn,
  type HistoryEntry,
  type LevelShift,
  type Measure,
} from '../../harness/model/history.ts'
import { DECISION_WORDS } from './decision.ts'
import { counted, duration, NOTHING, percent, usd } from './figures.ts'
import { pValue } from './points.ts'

interface MeasureWords {
  /** In a sentence, and over a chart. */
  readonly name: string
  /** What a figure of it is of. */
  readonly unit: string
  readonly figure: (value: number) => string
}

/** How each measure is named and written. */
export const MEASURE_WORDS: Record<Measure, MeasureWords> = {
  quality: { name: 'pass rate', unit: '% of scored cells', figure: percent },
  latency: { name: 'latency', unit: 'median of fresh replies', figure: duration },
  cost: { name: 'cost', unit: 'USD a cell', figure: usd },
  refusal: { name: 'refusals', unit: '% of cells', figure: percent },
  length: { name: 'length', unit: 'mean output of a reply', figure: tokens },
}

/** `31.4 tokens` */
function tokens(mean: number): string {
  return `${mean >= 100 ? mean.toFixed(0) : Number(mean.toPrecision(3))} tokens`
}

/** A measure of a column, ready to show. */
export function measured(column: HistoryColumn | undefined, measure: Measure): string {
  const value = column?.[measure] ?? null
  return value === null ? NOTHING : MEASURE_WORDS[measure].figure(value)
}

/** A run's decision by shape and word, for those who see no colour. */
export function decisionMark({ decision, exitCode }: Pick<HistoryEntry, 'decision' | 'exitCode'>): {
  readonly shape: string
  readonly word: string
  readonly tone: 'good' | 'warn' | 'bad' | 'quiet'
} {
  if (exitCode === 4) return { shape: '~', word: 'INCONCLUSIVE', tone: 'warn' }
  return { ...SHAPES[decision], word: DECISION_WORDS[decision] }
}

const SHAPES = {
  pass: { shape: '✓', tone: 'good' },
  no_baseline: { shape: '○', tone: 'quiet' },
  warn: { shape: '!', tone: 'warn' },
  block: { shape: '✗', tone: 'bad' },
  invalid: { shape: '?', tone: 'bad' },
} as const

/**
 * `few-shot × sonnet: latency rose from 31 ms to 55 ms with run 2026… (12 runs before, 9 since; Pettitt p = 0.002). The prompt and the
 * model's settings did not change.`
 */
export function shiftSentence(shift: LevelShift, { runs }: Pick<History, 'runs'>): string {
  const { column, measure, at, before, after, runs: sizes, p, explained } = shift
  const { name, figure } = MEASURE_WORDS[measure]
  const shown = pValue(p)
  const moved = `${name} ${after > before ? 'rose' : 'fell'} from ${figure(before)} to ${figure(after)} with run ${at}`
  const size = `${counted(sizes.before, 'run')} before, ${sizes.after} since`
  const evidence = `(${size}; Pettitt p ${shown.startsWith('<') ? shown.replace('<', '< ') : `= ${shown}`})`
  return `${columnName(column)}: ${moved} ${evidence}. ${why(explained, at, runs)}`
}

function why(explained: boolean, at: string, runs: readonly HistoryEntry[]): string {
  if (explained) return 'The prompt or the model’s settings changed then.'
  const unchanged = 'The prompt and the model’s settings did not change'
  const whole = followedRuns(runs)
  const index = whole.findIndex(({ id }) => id === at)
  const [before, here] = [whole[index - 1], whole[index]]
  const isEdited = before !== undefined && here !== undefined && before.suiteHash !== here.suiteHash
  return isEdited ? `${unchanged}; other files of the suite did (cases, checks).` : `${unchanged}.`
}

/** Shifts that nothing in the column explains: drift. */
export function driftOf({ shifts }: Pick<History, 'shifts'>): readonly LevelShift[] {
  return shifts.filter(({ explained }) => !explained)
}

/** What there is to say of drift where there is no shift: that there is none, or that it cannot be told yet. */
export function noShiftSentence({ looked: { runs, needed } }: Pick<History, 'looked'>): string {
  return runs < needed
    ? `Too few runs to tell drift: ${runs} of ${needed} that asked the whole suite afresh.`
    : `No lasting change of level in ${counted(runs, 'run')} (Pettitt’s test, 5% over all columns and measures).`
}

/** `2026-11-26 05:53`, in UTC. */
export function minuteOf(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ')
}

/** The beginning of a commit's hash, and whether there were changes besides. */
export function commitOf({ commit }: Pick<HistoryEntry, 'commit'>): string {
  if (commit === undefined) return NOTHING
  return commit.slice(0, 7) + (commit.endsWith('-dirty') ? '-dirty' : '')
}

/** Passed over scored, of all columns together. */
export function passRateOf({ cells: { passed, failed } }: Pick<HistoryEntry, 'cells'>): number | null {
  return passed + failed === 0 ? null : passed / (passed + failed)
}

/** Why a listed run has no part in any trend; undefined for one that has. */
export function asideNote({ isWhole, decision }: HistoryEntry): string | undefined {
  if (!isWhole) return 'a part of the suite, cut short, or replies checked again: no trend goes by it'
  return decision === 'invalid' ? 'without a verdict: no trend goes by it' : undefined
}
