import type { Analysis, ColumnAnalysis } from '../model/analysis.ts'
import type { ColumnName } from '../model/comparison.ts'
import { columnName } from '../model/comparison.ts'
import { atLeast, atMost } from './bounds.ts'
import { count, milliseconds, usd } from './figures.ts'
import type { GateOutcome } from './outcome.ts'
import type { GateSettings } from './settings.ts'

/** The columns that gate: those that `ship` names, else all. */
export function shipped<Column extends ColumnName>(
  gate: GateSettings,
  columns: readonly Column[],
): readonly Column[] {
  const { ship } = gate
  if (ship === undefined) return columns
  return columns.filter((column) => ship.some((named) => matches(named, column)))
}

/** What `ship` names and the run does not have. */
export function notRun(gate: GateSettings, columns: readonly ColumnAnalysis[]): string[] {
  return (gate.ship ?? [])
    .filter((named) => !columns.some((column) => matches(named, column)))
    .map(({ prompt = 'any prompt', provider = 'any provider' }) => `${prompt} × ${provider}`)
}

/** The gates that need no baseline: floors, must-pass tags, and limits of latency and cost; one per shipped column. */
export function absoluteGates(gate: GateSettings, analysis: Analysis): GateOutcome[] {
  return shipped(gate, analysis.columns).flatMap((column) => gatesOf(gate, column, analysis))
}

function gatesOf(gate: GateSettings, column: ColumnAnalysis, analysis: Analysis): GateOutcome[] {
  const tags = [gate.mustPass?.tag ?? []].flat()
  const outcomes = tags.map((tag) => mustPass(tag, column, analysis))
  for (const [metric, floor] of Object.entries(gate.floors ?? {}))
    outcomes.push(atLeast(metric, floor, column))
  for (const [metric, ceiling] of Object.entries(gate.ceilings ?? {}))
    outcomes.push(atMost(metric, ceiling, column))
  for (const [index, outcome] of outcomes.entries()) outcomes[index] = { ...outcome, floor: true }
  if (gate.latency?.p95Ms !== undefined) outcomes.push(latencyWithin(gate.latency.p95Ms, column))
  if (gate.cost?.usdPerCase !== undefined) outcomes.push(costWithin(gate.cost.usdPerCase, column))
  return outcomes
}

function mustPass(tag: string, column: ColumnAnalysis, analysis: Analysis): GateOutcome {
  const counts = analysis.tags
    ?.find((counted) => counted.tag === tag)
    ?.columns.find((counted) => matches(counted, column))
  const name = columnName(column)
  const { passed = 0, failed = 0, errored = 0, failing = [] } = counts ?? {}
  const scored = passed + failed
  const gate = {
    name: `must pass: ${tag}`,
    column: name,
    metric: 'pass',
    threshold: 1,
    observed: scored === 0 ? null : passed / scored,
    interval: null,
  }
  if (failed > 0) {
    const cases = failing.length === 1 ? 'case' : 'cases'
    const reason = `${name}: ${count(failed)} of ${count(scored)} cells tagged "${tag}" failed (${cases} ${failing.join(', ')}); all must pass.`
    return { gate: { ...gate, result: 'fail' }, reason, required: true, lasting: true }
  }
  if (counts !== undefined && scored + errored === 0) {
    const reason = `${name}: every case tagged "${tag}" is in quarantine, so none of them must pass.`
    return { gate: { ...gate, result: 'not_measured' }, reason, required: false }
  }
  if (errored > 0 || scored === 0) {
    const why =
      scored + errored === 0
        ? `no cell is tagged "${tag}"`
        : `${count(errored)} cells tagged "${tag}" errored`
    const reason = `${name}: ${why}, so it is not known whether all of them pass.`
    return { gate: { ...gate, result: 'not_measured' }, reason, required: true }
  }
  return { gate: { ...gate, result: 'pass' }, reason: '', required: true }
}

function latencyWithin(limitMs: number, column: ColumnAnalysis): GateOutcome {
  const { p95, trusted } = column.latencyMs
  const gate = {
    name: 'latency p95',
    column: columnName(column),
    metric: 'latencyMs.p95',
    threshold: limitMs,
    observed: p95,
    interval: null,
  }
  if (p95 === null) {
    const why = column.replayed === undefined ? 'no reply was timed' : 'every reply was replayed, none timed'
    const reason = `${gate.column}: ${why}, so the limit of ${limitMs} ms cannot be checked.`
    return { gate: { ...gate, result: 'not_measured' }, reason, required: false }
  }
  const measured = `${gate.column}: the p95 latency is ${milliseconds(p95, limitMs)}, over its limit of ${limitMs} ms`
  if (p95 <= limitMs) return { gate: { ...gate, result: 'pass' }, reason: '', required: false }
  if (trusted) return { gate: { ...gate, result: 'fail' }, reason: `${measured}.`, required: false }
  const reason = `${measured}; the provider hides its own waiting in it, so it does not block.`
  return { gate: { ...gate, result: 'warn' }, reason, required: false }
}

function costWithin(limitUsd: number, column: ColumnAnalysis): GateOutcome {
  const { costPer1000Usd, tokens } = column
  const isMeasured = costPer1000Usd !== 'unknown' && tokens.estimated !== true
  const observed = isMeasured ? costPer1000Usd / 1000 : null
  const gate = {
    name: 'cost per case',
    column: columnName(column),
    metric: 'costUsd',
    threshold: limitUsd,
    observed,
    interval: null,
  }
  if (observed === null) {
    const why =
      costPer1000Usd === 'unknown'
        ? 'its price is not known'
        : 'its token counts are estimates, and so is its cost'
    const reason = `${gate.column}: ${why}, so the limit of $${limitUsd} a case cannot be checked.`
    return { gate: { ...gate, result: 'not_measured' }, reason, required: false }
  }
  const reason = `${gate.column}: a case costs ${usd(observed, limitUsd)}, over its limit of $${limitUsd}.`
  return { gate: { ...gate, result: observed > limitUsd ? 'fail' : 'pass' }, reason, required: false }
}

function matches(
  named: { readonly prompt?: string; readonly provider?: string },
  column: ColumnName,
): boolean {
  const { prompt = column.prompt, provider = column.provider } = named
  return prompt === column.prompt && provider === column.provider
}
