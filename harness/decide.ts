import { absoluteGates, notRun, shipped } from './gate/absolute.ts'
import { failedCells, held, someErrors, unrecorded } from './gate/cells.ts'
import { type Compared, comparedGates } from './gate/compared-gates.ts'
import { MAX_ERROR_RATE, tooManyErrors } from './gate/errors.ts'
import { decisionOf, exitCodeOf, type Findings, reasonsFor, reasonsOf } from './gate/findings.ts'
import { provenSentences } from './gate/no-worse.ts'
import type { GateOutcome } from './gate/outcome.ts'
import { driftSentence, sequentialSentence } from './gate/sentences.ts'
import { asksForBaseline, gateOf, type GateSettings } from './gate/settings.ts'
import { voidColumns, voided } from './gate/void.ts'
import type { Analysis } from './model/analysis.ts'
import { columnName, type RunComparison } from './model/comparison.ts'
import type { Incomplete } from './model/incomplete.ts'
import { causesOf, explain, isUnavailable } from './model/incomplete.ts'
import type { AssaySettings } from './model/suite.ts'
import type { Verdict } from './model/verdict.ts'

const NO_VERDICT = 'No verdict on your change. '

/** What the command line says of a verdict. */
export interface DecideOptions {
  /** Fails an inconclusive comparison, with exit code 4. */
  readonly strict?: boolean
  /**
   * What fails the run. `gate`: the suite's gate, or any failed cell where it has none (the default). `any`: both. `floor`: nothing but
   * floors and tags that must pass; the rest warns. `none`: nothing; a block is told and exits 0.
   */
  readonly failOn?: 'gate' | 'any' | 'floor' | 'none'
  /**
   * Whether the run is to be compared. True where a baseline was asked for: a suite without a gate is then gated on `pass` against it,
   * in every column, in place of the rule that any failed cell blocks. False where none was wanted: its lack is not told.
   * Where it is left out, the suite's gate says.
   */
  readonly baselineExpected?: boolean
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
  options: DecideOptions = {},
): Verdict {
  const { strict = false, failOn = 'gate' } = options
  const written = gateOf(settings)
  // A baseline that merely lies there changes nothing for a suite without a gate.
  const isCompared = written !== undefined || options.baselineExpected === true
  const comparison = isCompared ? analysis.comparison : undefined
  const gate = written ?? (comparison === undefined ? undefined : {})
  const { planned } = analysis.cells
  const causes = faults(analysis, incomplete)
  const voids = voidColumns(causes, analysis)
  const measured = analysis.columns.filter((column) => !voids.has(columnName(column)))
  const maxErrorRate = settings.maxErrorRate ?? MAX_ERROR_RATE
  const gated = gate === undefined ? NO_GATE : gatesOf(gate, { analysis, comparison, voids, maxErrorRate })
  const outcomes = failOn === 'floor' ? gated.outcomes.map(softened) : gated.outcomes
  const gating = gate === undefined ? measured : shipped(gate, measured)
  const findings: Findings = {
    missing: causes.map((cause) => `${isUnavailable(cause) ? NO_VERDICT : ''}${explain(cause, planned)}`),
    forgiven: settings.gate?.['onUnavailable'] === 'neutral' && causes.every(isUnavailable),
    invalid: [
      ...(planned === 0 ? ['No cell was planned, so there is nothing to decide on.'] : []),
      ...unrecorded(analysis),
      ...tooManyErrors(measured, gating, maxErrorRate, analysis),
      ...(gate === undefined ? [] : missingColumns(gate, analysis)),
      ...(failOn === 'floor' ? [] : gated.invalid),
      ...reasonsOf(outcomes, ({ gate, required }) => required && gate.result === 'not_measured'),
    ],
    blocking: [
      ...reasonsOf(outcomes, ({ gate }) => gate.result === 'fail'),
      ...blockingCells(analysis, gate, failOn),
    ],
    warnings: [
      ...(failOn === 'floor' ? gated.invalid : []),
      ...reasonsOf(outcomes, isOpen),
      ...someErrors(analysis),
    ],
    lacksBaseline:
      analysis.comparison === undefined &&
      (options.baselineExpected ?? (gate !== undefined && asksForBaseline(gate))),
  }
  const decision = decisionOf(findings)
  const inconclusive = gated.judged.some(({ verdict }) => verdict.decision === 'inconclusive')
  return {
    v: 1,
    decision,
    exitCode: exitCodeOf(decision, findings, inconclusive, { strict, failsOnNothing: failOn === 'none' }),
    gates: outcomes.map((outcome) => outcome.gate),
    ...(inconclusive && { inconclusive }),
    reasons: reasonsFor(decision, findings, {
      proven: provenSentences(gated.judged),
      notes: comparison === undefined ? [] : notesOf(comparison),
      held: held(analysis, { hasGate: gate !== undefined, lacksBaseline: findings.lacksBaseline }),
    }),
  }
}

interface Gated extends Pick<Compared, 'invalid' | 'judged'> {
  readonly outcomes: readonly GateOutcome[]
}

const NO_GATE: Gated = { outcomes: [], invalid: [], judged: [] }

interface Measured {
  readonly analysis: Analysis
  readonly comparison: RunComparison | undefined
  readonly voids: ReadonlySet<string>
  readonly maxErrorRate: number
}

/** The worst that can happen first: what got worse, then limits on quality, then those on speed and price. */
function gatesOf(gate: GateSettings, { analysis, comparison, voids, maxErrorRate }: Measured): Gated {
  const columns = shipped(gate, analysis.columns)
  const compared = comparedGates({ gate, comparison, shipped: columns, voids, maxErrorRate })
  const outcomes = [...compared.outcomes, ...absoluteGates(gate, analysis), ...compared.ratios]
  return {
    ...compared,
    outcomes: outcomes.map((outcome) => (voids.has(outcome.gate.column) ? voided(outcome) : outcome)),
  }
}

/** Under `--fail-on floor`: all but what is written down as a floor is told and blocks nothing. */
function softened(outcome: GateOutcome): GateOutcome {
  if (outcome.floor === true) return outcome
  const { gate } = outcome
  const result = gate.result === 'fail' ? 'warn' : gate.result
  return { ...outcome, gate: { ...gate, result }, required: false }
}

/**
 * Why planned cells are missing. That a gate decided before the last case is no fault, where the comparison was made for it: any
 * other one would take the moment at which the run stopped for chance.
 */
function faults(analysis: Analysis, incomplete: readonly Incomplete[] | undefined): readonly Incomplete[] {
  const causes = causesOf(incomplete, { absent: analysis.cells.absent, interrupted: false })
  if (analysis.comparison?.sequential?.stopped !== true) return causes
  return causes.filter(({ cause }) => cause !== 'decided')
}

function missingColumns(gate: GateSettings, analysis: Analysis): string[] {
  return notRun(gate, analysis.columns).map((name) => `The gate ships ${name}, which was not run.`)
}

function blockingCells(
  analysis: Analysis,
  gate: GateSettings | undefined,
  failOn: DecideOptions['failOn'],
): string[] {
  if (failOn === 'any') return failedCells(analysis, '`--fail-on any` lets none fail')
  if (gate !== undefined || failOn === 'floor') return []
  return failedCells(analysis, 'the suite has no gate, so every cell must pass')
}

function notesOf({ metrics, drift = [], sequential }: RunComparison): string[] {
  const gating = new Set(
    metrics.filter(({ gates }) => gates).map(({ column, metric }) => `${columnName(column)}\n${metric}`),
  )
  return [
    ...drift
      .filter(({ column, metric }) => gating.has(`${columnName(column)}\n${metric}`))
      .map(driftSentence),
    ...(sequential === undefined ? [] : [sequentialSentence(sequential)]),
  ]
}

function isOpen({ gate: { result }, required }: GateOutcome): boolean {
  return result === 'warn' || (result === 'not_measured' && !required)
}
