import { absoluteGates, columnName, type GateOutcome, notRun, shipped } from './gate/absolute.ts'
import { count, percent } from './gate/figures.ts'
import { asksForBaseline, type GateSettings, saysOnlyOutages } from './gate/settings.ts'
import { voidColumns, voided } from './gate/void.ts'
import type { Analysis, ColumnAnalysis } from './model/analysis.ts'
import type { Incomplete } from './model/incomplete.ts'
import { causesOf, explain, isUnavailable } from './model/incomplete.ts'
import type { AssaySettings } from './model/suite.ts'
import type { Decision, Verdict } from './model/verdict.ts'

/** Share of errored cells over which a run says nothing. */
const MAX_ERROR_RATE = 0.1

const NO_VERDICT = 'No verdict on your change. '

const EXIT_CODES: Record<Decision, Verdict['exitCode']> = {
  pass: 0,
  warn: 0,
  no_baseline: 0,
  block: 1,
  invalid: 3,
}

/** Sentences that speak against a pass, and whether the cells that are missing may be forgiven. */
interface Findings {
  readonly missing: readonly string[]
  readonly forgiven: boolean
  readonly invalid: readonly string[]
  readonly blocking: readonly string[]
  readonly warnings: readonly string[]
}

/**
 * Decides what a run's figures come to. A run that is incomplete, or errored too often, is `invalid` whatever else it
 * shows (exit 3 goes before 1). Without `assay.gate` any failed cell blocks, as under promptfoo; with it, only its gates do.
 *
 * An outage is not a regression: a column that misses cells because of its account is void, so it breaks no limit and its
 * errors do not count. Such a run has no verdict; with `gate.onUnavailable: neutral` it exits 0 all the same, unless a
 * column that was measured blocks.
 * @param incomplete why cells are missing, as far as that is known
 */
export function decide(
  settings: Pick<AssaySettings, 'gate' | 'maxErrorRate'>,
  analysis: Analysis,
  incomplete?: readonly Incomplete[],
): Verdict {
  const written = settings.gate as GateSettings | undefined
  const gate = written !== undefined && saysOnlyOutages(written) ? undefined : written
  const { absent, planned } = analysis.cells
  const causes = causesOf(incomplete, { absent, interrupted: false })
  const voids = voidColumns(causes, analysis)
  const measured = analysis.columns.filter((column) => !voids.has(columnName(column)))
  const gating = gate === undefined ? measured : shipped(gate, measured)
  const outcomes = (gate === undefined ? [] : absoluteGates(gate, analysis)).map((outcome) =>
    voids.has(outcome.gate.column) ? voided(outcome) : outcome,
  )
  const findings: Findings = {
    missing: causes.map((cause) => `${isUnavailable(cause) ? NO_VERDICT : ''}${explain(cause, planned)}`),
    forgiven: written?.onUnavailable === 'neutral' && causes.every(isUnavailable),
    invalid: [
      ...(planned === 0 ? ['No cell was planned, so there is nothing to decide on.'] : []),
      ...unrecorded(analysis),
      ...tooManyErrors(measured, gating, settings.maxErrorRate ?? MAX_ERROR_RATE, analysis),
      ...(gate === undefined ? [] : missingColumns(gate, analysis)),
      ...reasonsOf(outcomes, ({ gate, required }) => required && gate.result === 'not_measured'),
    ],
    blocking:
      gate === undefined ? failedCells(analysis) : reasonsOf(outcomes, ({ gate }) => gate.result === 'fail'),
    warnings: [
      ...reasonsOf(outcomes, ({ gate, required }) => !required && isOpen(gate.result)),
      ...someErrors(analysis),
    ],
  }
  const decision = decisionOf(findings, gate)
  const { missing, forgiven, invalid, blocking, warnings } = findings
  const stated = [...invalid, ...blocking, ...warnings]
  const holds = decision !== 'invalid' && decision !== 'block'
  return {
    v: 1,
    decision,
    exitCode: decision === 'invalid' && forgiven && invalid.length === 0 ? 0 : EXIT_CODES[decision],
    gates: outcomes.map((outcome) => outcome.gate),
    reasons: [
      ...(decision === 'block' ? [...stated, ...missing] : [...missing, ...stated]),
      ...(holds ? held(gate, analysis) : []),
    ],
  }
}

function decisionOf(findings: Findings, gate: GateSettings | undefined): Decision {
  const { missing, forgiven, invalid, blocking, warnings } = findings
  if (invalid.length > 0 || (missing.length > 0 && !forgiven)) return 'invalid'
  if (blocking.length > 0) return 'block'
  if (missing.length > 0) return 'invalid'
  if (warnings.length > 0) return 'warn'
  return gate !== undefined && asksForBaseline(gate) ? 'no_baseline' : 'pass'
}

/** Over all that was measured, or in a column that gates: one dead model among twenty hides in the whole. */
function tooManyErrors(
  measured: readonly ColumnAnalysis[],
  gating: readonly ColumnAnalysis[],
  limit: number,
  { errors }: Analysis,
): string[] {
  const errored = measured.reduce((sum, column) => sum + column.errored, 0)
  const finished = measured.reduce((sum, column) => sum + column.cells, 0)
  if (finished === 0) return []
  if (errored === finished) {
    const first = errors[0]?.message ?? 'no message was given'
    return [`Every cell errored, so nothing was scored: ${first}`]
  }
  const allowed = `more than the ${percent(limit)} allowed (maxErrorRate)`
  if (errored > limit * finished) {
    return [
      `${count(errored)} of ${count(finished)} cells errored (${percent(errored / finished)}), ${allowed}.`,
    ]
  }
  return gating
    .filter((column) => column.errored > limit * column.cells)
    .map(
      (column) =>
        `${columnName(column)}: ${count(column.errored)} of ${count(column.cells)} cells errored, ${allowed}.`,
    )
}

function unrecorded({ unrecorded: cells = 0 }: Analysis): string[] {
  if (cells === 0) return []
  return [
    `${count(cells)} ${cells === 1 ? 'cell has' : 'cells have'} no recorded reply; \`--record\` adds them.`,
  ]
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
  return outcomes.filter((outcome) => outcome.reason !== '' && when(outcome)).map(({ reason }) => reason)
}
