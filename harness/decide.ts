import { absoluteGates, columnName, type GateOutcome, notRun, shipped } from './gate/absolute.ts'
import { count, percent } from './gate/figures.ts'
import { asksForBaseline, type GateSettings } from './gate/settings.ts'
import type { Analysis, ColumnAnalysis } from './model/analysis.ts'
import type { AssaySettings } from './model/suite.ts'
import type { Decision, Verdict } from './model/verdict.ts'

/** Share of errored cells over which a run says nothing. */
const MAX_ERROR_RATE = 0.1

const EXIT_CODES: Record<Decision, Verdict['exitCode']> = {
  pass: 0,
  warn: 0,
  no_baseline: 0,
  block: 1,
  invalid: 3,
}

/**
 * Decides what a run's figures come to. A run that is incomplete, or errored too often, is `invalid` whatever else it
 * shows (exit 3 goes before 1). Without `assay.gate` any failed cell blocks, as under promptfoo; with it, only its gates do.
 */
export function decide(settings: Pick<AssaySettings, 'gate' | 'maxErrorRate'>, analysis: Analysis): Verdict {
  const gate = settings.gate as GateSettings | undefined
  const outcomes = gate === undefined ? [] : absoluteGates(gate, analysis)
  const gating = gate === undefined ? analysis.columns : shipped(gate, analysis.columns)
  const invalid = [
    ...incomplete(analysis),
    ...tooManyErrors(analysis, gating, settings.maxErrorRate ?? MAX_ERROR_RATE),
    ...(gate === undefined ? [] : missingColumns(gate, analysis)),
    ...reasonsOf(outcomes, ({ gate, required }) => required && gate.result === 'not_measured'),
  ]
  const blocking =
    gate === undefined ? failedCells(analysis) : reasonsOf(outcomes, ({ gate }) => gate.result === 'fail')
  const warnings = [
    ...reasonsOf(outcomes, ({ gate, required }) => !required && isOpen(gate.result)),
    ...someErrors(analysis),
  ]

  const decision = firstThatHolds(gate, { invalid, blocking, warnings })
  const stated = [...invalid, ...blocking, ...warnings]
  return {
    v: 1,
    decision,
    exitCode: EXIT_CODES[decision],
    gates: outcomes.map((outcome) => outcome.gate),
    reasons: EXIT_CODES[decision] === 0 ? [...stated, ...held(gate, analysis)] : stated,
  }
}

function firstThatHolds(
  gate: GateSettings | undefined,
  reasons: Record<'invalid' | 'blocking' | 'warnings', readonly string[]>,
): Decision {
  if (reasons.invalid.length > 0) return 'invalid'
  if (reasons.blocking.length > 0) return 'block'
  if (reasons.warnings.length > 0) return 'warn'
  return gate !== undefined && asksForBaseline(gate) ? 'no_baseline' : 'pass'
}

function incomplete({ cells, errors }: Analysis): string[] {
  if (cells.planned === 0) return ['No cell was planned, so there is nothing to decide on.']
  const absent = `${count(cells.absent)} of ${count(cells.planned)} planned cells did not finish.`
  const errored = `Every cell errored, so nothing was scored: ${errors[0]?.message ?? 'no message was given'}`
  return [
    ...(cells.absent > 0 ? [absent] : []),
    ...(cells.finished > 0 && cells.errored === cells.finished ? [errored] : []),
  ]
}

/** Over the whole run, or in a column that gates: one dead model among twenty hides in the whole. */
function tooManyErrors(analysis: Analysis, gating: readonly ColumnAnalysis[], limit: number): string[] {
  const { errored, finished } = analysis.cells
  if (errored === finished) return []
  const allowed = `more than the ${percent(limit)} allowed (maxErrorRate)`
  const columns = gating.filter((column) => column.errored > limit * column.cells)
  if (errored > limit * finished) {
    return [
      `${count(errored)} of ${count(finished)} cells errored (${percent(errored / finished)}), ${allowed}.`,
    ]
  }
  return columns.map(
    (column) =>
      `${columnName(column)}: ${count(column.errored)} of ${count(column.cells)} cells errored, ${allowed}.`,
  )
}

function missingColumns(gate: GateSettings, analysis: Analysis): string[] {
  return notRun(gate, analysis.columns).map((name) => `The gate ships ${name}, which was not run.`)
}

function failedCells({ cells }: Analysis): string[] {
  if (cells.failed === 0) return []
  return [
    `${count(cells.failed)} of ${count(cells.finished)} cells failed; the suite has no gate, so every cell must pass.`,
  ]
}

function someErrors({ cells }: Analysis): string[] {
  if (cells.errored === 0) return []
  return [
    `${count(cells.errored)} of ${count(cells.finished)} cells errored: they count as missing, not as failed.`,
  ]
}

function held(gate: GateSettings | undefined, analysis: Analysis): string[] {
  const { passed, failed, finished } = analysis.cells
  if (gate === undefined)
    return [passed === finished ? allPassed(passed) : `The other ${count(passed)} passed.`]
  const informs =
    failed === 0 ? '' : ` ${count(failed)} of ${count(finished)} cells failed, which alone does not block.`
  if (asksForBaseline(gate)) {
    return [`No limit of the gate was broken; there is no baseline to compare with.${informs}`]
  }
  return [`No limit of the gate was broken.${informs}`]
}

function allPassed(cells: number): string {
  return cells === 1 ? 'The one cell passed.' : `All ${count(cells)} cells passed.`
}

function isOpen(result: GateOutcome['gate']['result']): boolean {
  return result === 'not_measured' || result === 'warn'
}

function reasonsOf(outcomes: readonly GateOutcome[], when: (outcome: GateOutcome) => boolean): string[] {
  return outcomes.filter(when).map((outcome) => outcome.reason)
}
